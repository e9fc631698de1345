import type { Caller } from '../../firewall/caller.ts';
import { timeline, type ReadDeps } from './timeline.ts';
import type { PageQuery } from './types.ts';

/** The caller's own posts and those of the people they follow. */
export const makeHome = (deps: ReadDeps) => (caller: Caller & { persona: string }, query: PageQuery): Promise<string> =>
  timeline(deps, caller, query, (posts, window) => posts.home(caller.persona, window));
