import { personaOf, type Caller } from '../../firewall/caller.ts';
import { HAS } from '../../views/entries.ts';
import { hydrate, type PostPlace } from './hydrate.ts';
import { nameOf } from './marks.ts';
import { pinsOf } from './pins.ts';
import { isWide } from './quoting.ts';
import { foundPlaces } from './search/places.ts';
import { placed, plain, timeline, type ReadDeps } from './timeline.ts';
import type { PageQuery } from './types.ts';

/** Which of somebody's posts: their answers too, or all that has pictures. */
export interface ByQuery extends PageQuery { replies?: boolean; media?: boolean }

/**
 * One person's posts, as far as the caller may read them; replies too when asked, or those with pictures alone. What they have pinned
 * stands before all others on the first page, and nowhere else; pictures come without.
 */
export const makeByPersona = (deps: ReadDeps) => (caller: Caller, persona: string, { media = false, replies = false, ...query }: ByQuery): Promise<string> => {
  const me = personaOf(caller);
  if (media) return timeline(deps, caller, query, placed(({ search }, window) => search.find(me, { phrases: [], open: false, tags: [HAS.image], author: persona }, window), foundPlaces));
  const pinned = hydrate(deps.gate, caller, pinsOf(deps.gate, caller, persona).map((key) => ({ persona, key }))).filter(({ audience }) => isWide(audience));
  const page = plain(({ posts }, window) => posts.by(me, persona, replies, window));
  if (pinned.length === 0) return timeline(deps, caller, query, page);
  const names = new Set(pinned.map(nameOf));
  const isFirst = query.before === undefined && query.after === undefined;
  const first = pinned.map(({ key }): PostPlace => ({ persona, key, pinned: true }));
  return timeline(deps, caller, query, (views, window) => {
    const found = page(views, window);
    return { ...found, refs: [...(isFirst ? first : []), ...found.refs.filter((ref) => !names.has(nameOf(ref)))] };
  });
};
