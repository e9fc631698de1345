import type { Caller } from '../../firewall/caller.ts';
import { homePage } from '../../views/home.ts';
import { timeline, type ReadDeps } from './timeline.ts';

const MOST = 500;
const HOUR_MS = 3_600_000;

interface Deps extends ReadDeps { now(): number }

/** What came to the caller's home in the last hours, at most the newest 500, as JSON text of a page with `more`: was there more than that? */
export const makeCatchUp = (deps: Deps) => async (caller: Caller & { persona: string }, hours: number): Promise<string> => {
  const after = { created: deps.now() - hours * HOUR_MS, key: '' };
  let more = false;
  const page = await timeline(deps, caller, { first: MOST }, ({ posts, boosts }, window) => {
    const part = homePage(posts, boosts, caller.persona, { ...window, after }, { replies: true, boosts: true });
    more = part.last !== null;
    return { ...part, last: null };
  });
  return `${page.slice(0, -1)},"more":${more}}`;
};
