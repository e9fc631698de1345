import type { BoostsView } from './boosts.ts';
import { isNewer, type Part, type Place, type Window } from './cursor.ts';
import type { PostRef, PostsView } from './posts.ts';

/** An entry of home: a post, in the place of its boost where somebody passed it on. */
export interface HomeRef extends PostRef { boost?: { by: string; at: number; key: string } }

/** What of home somebody wants to see. */
export interface HomeWish { boosts: boolean; replies: boolean }

/**
 * Posts of the reader and those whom they follow, and what these pass on, by the time at which each comes in. A post stands in a page
 * once: as its author's where it is among those, else by its newest boost; so a page may be shorter than was asked for.
 */
export function homePage(posts: PostsView, boosts: BoostsView, reader: string, { first, ...bounds }: Window, wish: HomeWish): Part<HomeRef> {
  const own = posts.home(reader, { ...bounds, first: first + 1 }, wish.replies);
  const passed = wish.boosts ? boosts.home(reader, { ...bounds, first: first + 1, after: own.length > first ? own.at(-1)! : bounds.after }) : [];
  const all: HomeRef[] = passed.length === 0 ? own : [
    ...own, ...passed.map(({ by, key, created, post }) => ({ ...post, created, boost: { by, at: created, key } })),
  ].toSorted((a, b) => (isNewer(placeOf(a), placeOf(b)) ? -1 : 1));
  const shown = all.slice(0, first);
  return { refs: passed.length === 0 ? shown : once(shown), newest: shown[0] ? placeOf(shown[0]) : null, last: all.length > first ? placeOf(shown.at(-1)!) : null };
}

// A boost stands in its own place.
const placeOf = ({ created, key, boost }: HomeRef): Place => (boost ? { created: boost.at, key: boost.key } : { created, key });

function once(refs: readonly HomeRef[]): HomeRef[] {
  const name = ({ persona, key }: HomeRef) => `${persona}/${key}`;
  const there = new Set(refs.filter(({ boost }) => !boost).map(name));
  return refs.filter((ref) => {
    if (!ref.boost) return true;
    const isFirst = !there.has(name(ref));
    there.add(name(ref));
    return isFirst;
  });
}
