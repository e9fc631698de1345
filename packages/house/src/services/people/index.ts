import { makeAcceptFollower } from './acceptFollower.ts';
import { makeFollow } from './follow.ts';
import { makeList } from './list.ts';
import { makeProfile, type PeopleDeps } from './profile.ts';
import { makeSetProfile } from './setProfile.ts';
import { makeUnfollow } from './unfollow.ts';

/** The verbs of people: who is here, who one is, whom one follows. */
export function makePeople(deps: PeopleDeps & { now(): number }) {
  return {
    profile: makeProfile(deps), list: makeList(deps), setProfile: makeSetProfile(deps),
    follow: makeFollow(deps), unfollow: makeUnfollow(deps), acceptFollower: makeAcceptFollower(deps),
  };
}

/** The verbs of people, bound. */
export type People = ReturnType<typeof makePeople>;
