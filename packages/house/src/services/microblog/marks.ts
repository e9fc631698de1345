import { personaOf, type Caller } from '../../firewall/caller.ts';
import type { Likers, Reactors } from '../../views/news.ts';
import type { Views } from '../../views/views.ts';
import type { Ref } from './types.ts';

/** What a post is to its reader: what they have done to it themselves and, where it is their own, who else likes and boosts it. */
export interface Mark {
  liked: boolean; boosted: boolean; bookmarked: boolean;
  /** They want no news of its conversation. */
  muted: boolean;
  /** Their choices in its poll, as JSON text. */
  voted: string | null;
  likes: Likers | null; boosts: Likers | null;
}

/** The name of a post among marks. */
export const nameOf = ({ persona, key }: Ref): string => `${persona}/${key}`;

/** Everybody sees what they have done themselves; who else likes or boosts a post only its author is told. `known`: of which posts that was found before. */
export function marksOf({ marks, muted, news }: Views, caller: Caller, refs: readonly Ref[], known?: ReadonlyMap<string, Reactors>): Map<string, Mark> {
  const me = personaOf(caller);
  const found = new Map<string, Mark>();
  if (me === null || refs.length === 0) return found;
  const of = (post: string): Mark => {
    const mark = found.get(post) ?? { ...UNMARKED };
    found.set(post, mark);
    return mark;
  };
  const names = refs.map(nameOf);
  for (const { post, kind, choices } of marks.among(me, names)) {
    if (kind === 'vote') of(post).voted = choices;
    else of(post)[DONE[kind]] = true;
  }
  for (const post of muted.among(me, names)) of(post).muted = true;
  const own = refs.filter(({ persona }) => persona === me).map(nameOf);
  const asked = own.filter((post) => !known?.has(post));
  const reactors = asked.length > 0 ? news.reactors(me, asked) : null;
  for (const post of own) Object.assign(of(post), known?.get(post) ?? reactors?.get(post));
  return found;
}

const DONE = { like: 'liked', boost: 'boosted', bookmark: 'bookmarked' } as const;

/** A post of which nothing more is known: what `marksOf` leaves out. */
export const UNMARKED: Readonly<Mark> = { liked: false, boosted: false, bookmarked: false, muted: false, voted: null, likes: null, boosts: null };

/** Marks as the fields of a post's JSON text, from `liked` on; what is absent is left out. `personOf` names a person in JSON text. */
export function markJson(mark: Readonly<Mark>, personOf: (persona: string) => string): string {
  if (mark === UNMARKED) return '"liked":false';
  const { liked, boosted, bookmarked, muted, voted, likes, boosts } = mark;
  return `"liked":${liked}${boosted ? ',"boosted":true' : ''}${bookmarked ? ',"bookmarked":true' : ''}${muted ? ',"muted":true' : ''}${voted === null ? '' : `,"voted":${voted}`}`
    + (likes ? `,"likes":${likersJson(likes, personOf)}` : '') + (boosts && boosts.who.length > 0 ? `,"boosts":${likersJson(boosts, personOf)}` : '');
}

const likersJson = ({ who, more }: Likers, personOf: (persona: string) => string): string => `{"people":[${who.map(personOf).join(',')}],"more":${more}}`;
