import type { Feed } from '../../../firewall/feed.ts';
import { makeDrafts, makeDropDraft, makeKeepDraft } from './drafts.ts';
import { makeScheduledLive } from './live.ts';
import { makeReschedule, makeSchedule, makeScheduled, makeUnschedule } from './scheduled.ts';
import type { LaterDeps } from './types.ts';

/** The verbs about what is not posted yet: drafts, and what waits for its time. */
export const makeLater = (deps: Omit<LaterDeps, 'views' | 'postAll'> & { feed: Feed }) => ({
  drafts: makeDrafts(deps), keepDraft: makeKeepDraft(deps), dropDraft: makeDropDraft(deps),
  scheduled: makeScheduled(deps), schedule: makeSchedule(deps), reschedule: makeReschedule(deps), unschedule: makeUnschedule(deps),
  live: makeScheduledLive(deps),
});
