import type { Sqlite } from '../sqlite/port.ts';

/** Says of which posts somebody may have a mark: never no where there is one, now and then yes where there is none. */
export interface Marked {
  among(persona: string, posts: readonly string[]): string[];
  /** A mark of theirs is added. One that is taken off may stay: the file says that it is gone. */
  add(persona: string, post: string): void;
  /** Forgets all; read again when next asked. */
  forget(): void;
}

/** More people than a house has. */
const MOST = 512;
/** Of the end of a post's name, which is the random part of it. */
const LETTERS = 12;

/** Most posts of a page carry no mark of whoever reads it, and to find none in the file is dear: so a number for each mark of those who read is kept. */
export function makeMarked(db: Sqlite): Marked {
  const all = db.prepareTuples<readonly [post: string]>('SELECT post FROM marks WHERE persona = ?');
  const known = new Map<string, Set<number>>();
  const of = (persona: string): Set<number> => {
    const had = known.get(persona);
    if (had) return had;
    if (known.size >= MOST) known.delete(known.keys().next().value!);
    const made = new Set(all.all(persona).map(([post]) => numberOf(post)));
    known.set(persona, made);
    return made;
  };
  return {
    among: (persona, posts) => {
      const theirs = of(persona);
      return theirs.size === 0 ? [] : posts.filter((post) => theirs.has(numberOf(post)));
    },
    add: (persona, post) => { known.get(persona)?.add(numberOf(post)); },
    forget: () => known.clear(),
  };
}

function numberOf(post: string): number {
  let number = 0;
  for (let i = Math.max(0, post.length - LETTERS); i < post.length; i++) number = (number * 31 + post.charCodeAt(i)) & 0x3f_ff_ff_ff;
  return number;
}
