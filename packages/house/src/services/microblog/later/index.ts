import type { Feed } from '../../../firewall/feed.ts';
import { makeDue, makePostNow } from './due.ts';
import { makeDrafts, makeDropDraft, makeKeepDraft } from './drafts.ts';
import { makeScheduledLive } from './live.ts';
import { makeReschedule, makeSchedule, makeScheduled, makeUnschedule } from './scheduled.ts';
import type { LaterDeps } from './types.ts';

/** The verbs about what is not posted yet: drafts, and what waits for its time. */
export const makeLater = (deps: LaterDeps & { feed: Feed; onError(error: unknown): void }) => ({
  drafts: makeDrafts(deps), keepDraft: makeKeepDraft(deps), dropDraft: makeDropDraft(deps),
  scheduled: makeScheduled(deps), schedule: makeSchedule(deps), reschedule: makeReschedule(deps), unschedule: makeUnschedule(deps),
  postNow: makePostNow(deps), due: makeDue(deps), live: makeScheduledLive(deps),
});
