import type { Caller } from '../../firewall/caller.ts';
import { plain, timeline, type ReadDeps } from './timeline.ts';
import type { PageQuery } from './types.ts';

/** Everything in this house that the caller may read. */
export const makeHouseTimeline = (deps: ReadDeps) => (caller: Caller & { persona: string }, query: PageQuery): Promise<string> =>
  timeline(deps, caller, query, plain(({ posts }, window) => posts.house(caller.persona, window)));
