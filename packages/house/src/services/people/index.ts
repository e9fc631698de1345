import type { Suite } from '@commonhold/core';
import type { Feed } from '../../firewall/feed.ts';
import type { OnError } from '../../journal.ts';
import { makeAccept, makeDecline } from './accept.ts';
import { makeBlock } from './block.ts';
import { makeBlocked } from './blocked.ts';
import { makeClose, makeNotClose } from './close.ts';
import { makeFollow } from './follow.ts';
import { makeFollowers, makeRemoveFollower, makeRequests } from './followers.ts';
import { makeList } from './list.ts';
import { makeLive } from './live.ts';
import { makeDropPetname, makeSetPetname } from './petname.ts';
import { makeMute } from './mute.ts';
import { makeTakeAcceptance, makeTakeFollower, makeTakeRequest, makeTurned } from './offers.ts';
import { makeOpen } from './open.ts';
import { makeProfile, type PeopleDeps } from './profile.ts';
import { makeSetProfile } from './setProfile.ts';
import { makeUnblock } from './unblock.ts';
import { makeUnfollow } from './unfollow.ts';
import { makeUnmute } from './unmute.ts';
import { makeCode, makeUnverify, makeVerify } from './verified.ts';
import { makeVerifyField } from './verifyField.ts';

/** The verbs of people: who is here, who one is, whom one follows; `take…` take the offers of others. */
export function makePeople(deps: PeopleDeps & Parameters<typeof makeBlocked>[0] & Parameters<typeof makeVerifyField>[0] & { feed: Feed; suite: Suite; onError: OnError }) {
  const accept = makeAccept(deps);
  const taking = { ...deps, accept };
  return {
    profile: makeProfile(deps), list: makeList(deps), setProfile: makeSetProfile(deps), ...makeOpen(deps), follow: makeFollow(deps), unfollow: makeUnfollow(deps),
    requests: makeRequests(deps), accept, decline: makeDecline(deps), followers: makeFollowers(deps), removeFollower: makeRemoveFollower(deps),
    close: makeClose(deps), notClose: makeNotClose(deps), live: makeLive(deps),
    block: makeBlock(deps), unblock: makeUnblock(deps), mute: makeMute(deps), unmute: makeUnmute(deps), blocked: makeBlocked(deps),
    setPetname: makeSetPetname(deps), dropPetname: makeDropPetname(deps), code: makeCode(deps), verify: makeVerify(deps), unverify: makeUnverify(deps), verifyField: makeVerifyField(deps),
    takeFollower: makeTakeFollower(deps), takeRequest: makeTakeRequest(taking), takeAcceptance: makeTakeAcceptance(taking), turned: makeTurned(deps),
  };
}

/** The verbs of people, bound. */
export type People = ReturnType<typeof makePeople>;
