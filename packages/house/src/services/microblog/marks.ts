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
  const mark = (ref: Ref): Mark => {
    if (me === null) return UNMARKED;
    return ref.persona === me ? { liked: false, likes: news.likers(me, nameOf(ref)) } : { liked: likes.keys(me, nameOf(ref)).length > 0, likes: null };
  };
  return new Map(refs.map((ref) => [nameOf(ref), mark(ref)]));
}

/** A post of which nothing more is known. */
export const UNMARKED: Mark = { liked: false, likes: null };
