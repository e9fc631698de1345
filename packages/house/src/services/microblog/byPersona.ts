import { personaOf, type Caller } from '../../firewall/caller.ts';
import { hydrate, type PostPlace } from './hydrate.ts';
import { nameOf } from './marks.ts';
import { pinsOf } from './pins.ts';
import { isWide } from './quoting.ts';
import { plain, timeline, type ReadDeps } from './timeline.ts';
import type { PageQuery } from './types.ts';

/**
 * One person's posts, as far as the caller may read them; replies too when asked. What they have pinned stands before all others on the
 * first page, and nowhere else.
 */
export const makeByPersona = (deps: ReadDeps) => (caller: Caller, persona: string, query: PageQuery & { replies?: boolean }): Promise<string> => {
  const pinned = hydrate(deps.gate, caller, pinsOf(deps.gate, caller, persona).map((key) => ({ persona, key }))).filter(({ audience }) => isWide(audience));
  const page = plain(({ posts }, window) => posts.by(personaOf(caller), persona, query.replies ?? false, window));
  if (pinned.length === 0) return timeline(deps, caller, query, page);
  const names = new Set(pinned.map(nameOf));
  const isFirst = query.before === undefined && query.after === undefined;
  const first = pinned.map(({ key }): PostPlace & { created: number } => ({ persona, key, created: 0, pinned: true }));
  return timeline(deps, caller, query, (views, window) => {
    const found = page(views, window);
    return { ...found, refs: [...(isFirst ? first : []), ...found.refs.filter((ref) => !names.has(nameOf(ref)))] };
  });
};
