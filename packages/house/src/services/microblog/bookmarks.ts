import type { Caller } from '../../firewall/caller.ts';
import type { Views } from '../../views/views.ts';
import type { PostPlace } from './hydrate.ts';
import { placed, timeline, type ReadDeps } from './timeline.ts';
import type { PageQuery, Ref } from './types.ts';

/** What the caller has bookmarked and may still read, the newest bookmark first. */
export const makeBookmarks = (deps: ReadDeps) => (caller: Caller & { persona: string }, query: PageQuery): Promise<string> =>
  timeline(deps, caller, query, placed(({ marks }, window) => marks.bookmarks(caller.persona, window), (found, views) => placesOf(views, caller, found.map(({ post }) => post))));

/** Where posts lie that are known by `persona/key` alone: an answer of somebody else's that is kept, with whoever keeps it. */
export function placesOf({ kept }: Views, caller: Caller & { persona: string }, posts: readonly string[]): PostPlace[] {
  const beside = kept.among(posts);
  return posts.map((post) => {
    const ref = refOf(post);
    return { ...ref, kept: ref.persona === caller.persona ? null : beside.get(post) ?? null };
  });
}

/** The post that `persona/key` names. */
export const refOf = (name: string): Ref => ({ persona: name.slice(0, name.indexOf('/')), key: name.slice(name.indexOf('/') + 1) });
