import type { Caller } from '../../firewall/caller.ts';
import { homePage } from '../../views/home.ts';
import { timeline, type ReadDeps } from './timeline.ts';
import type { PageQuery } from './types.ts';

/** The caller's own posts, those of the people they follow and what these pass on; replies and boosts unless they are not wanted. */
export const makeHome = (deps: ReadDeps) => (caller: Caller & { persona: string }, query: PageQuery & { replies?: boolean; boosts?: boolean }): Promise<string> => {
  const { replies = true, boosts = true } = query;
  return timeline(deps, caller, query, (views, window) => homePage(views.posts, views.boosts, caller.persona, window, { replies, boosts }));
};
