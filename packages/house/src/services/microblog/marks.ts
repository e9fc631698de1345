import { personaOf, type Caller } from '../../firewall/caller.ts';
import type { Likers } from '../../views/news.ts';
import type { Views } from '../../views/views.ts';
import type { Ref } from './types.ts';

/** What a post is to its reader: liked by them, and, where it is their own, by whom else. */
export interface Mark { liked: boolean; likes: Likers | null }

/** The name of a post among marks. */
export const nameOf = ({ persona, key }: Ref): string => `${persona}/${key}`;

/** Everybody sees their own likes; who else likes a post only its author is told. */
export function marksOf({ likes, news }: Views, caller: Caller, refs: readonly Ref[]): Map<string, Mark> {
  const me = personaOf(caller);
  const marks = new Map<string, Mark>();
  if (me === null || refs.length === 0) return marks;
  for (const post of likes.among(me, refs.map(nameOf))) marks.set(post, LIKED);
  for (const ref of refs) if (ref.persona === me) marks.set(nameOf(ref), { liked: false, likes: news.likers(me, nameOf(ref)) });
  return marks;
}

const LIKED: Mark = { liked: true, likes: null };

/** A post of which nothing more is known: what `marksOf` leaves out. */
export const UNMARKED: Mark = { liked: false, likes: null };
