import { makeAcceptFollower } from './acceptFollower.ts';
import { makeBlock } from './block.ts';
import { makeBlocked } from './blocked.ts';
import { makeFollow } from './follow.ts';
import { makeList } from './list.ts';
import { makeMute } from './mute.ts';
import { makeProfile, type PeopleDeps } from './profile.ts';
import { makeSetProfile } from './setProfile.ts';
import { makeUnblock } from './unblock.ts';
import { makeUnfollow } from './unfollow.ts';
import { makeUnmute } from './unmute.ts';

/** The verbs of people: who is here, who one is, whom one follows. */
export function makePeople(deps: PeopleDeps & Parameters<typeof makeBlocked>[0]) {
  return {
    profile: makeProfile(deps), list: makeList(deps), setProfile: makeSetProfile(deps),
    follow: makeFollow(deps), unfollow: makeUnfollow(deps), acceptFollower: makeAcceptFollower(deps),
    block: makeBlock(deps), unblock: makeUnblock(deps), mute: makeMute(deps), unmute: makeUnmute(deps), blocked: makeBlocked(deps),
  };
}

/** The verbs of people, bound. */
export type People = ReturnType<typeof makePeople>;
