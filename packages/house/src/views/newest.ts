import type { Sqlite } from '../sqlite/port.ts';
import { isNewer, type Place, type Window } from './cursor.ts';

/** A post where it stands in time; `reply`: it answers another. */
export interface Standing extends Place { persona: string; lane: number; reply: boolean }

/** The newest posts, held in memory: the pages that are asked for most are made of them, without a question to the file. */
export interface NewestPosts {
  /** A post that was not there before. */
  add(post: Standing): void;
  /** A post is no more, or not where it was. */
  drop(persona: string, key: string): void;
  /** Takes them from the file again when they are next asked for. */
  forget(): void;
  /** The wanted ones of a window, newest first; null when they may lie further back than what is held. */
  find(window: Window, wants: (post: Standing) => boolean): Standing[] | null;
}

/** About 100 kB; a reader of a fifth of what is written finds two pages in it. */
const MOST = 512;

/** The newest posts of `views.db`. */
export function makeNewestPosts(db: Sqlite): NewestPosts {
  const read = db.prepareTuples<readonly [persona: string, key: string, created: number, lane: number, reply: number]>(
    'SELECT persona, key, created, lane, reply FROM posts INDEXED BY posts_created ORDER BY created DESC, key DESC LIMIT ?');
  /* Oldest first, so that a new one comes last; null until asked for. */
  let held: Standing[] | null = null;
  let isWhole = false;
  const load = (): Standing[] => {
    if (held) return held;
    held = read.all(MOST).map(([persona, key, created, lane, reply]) => ({ persona, key, created, lane, reply: reply === 1 })).reverse();
    isWhole = held.length < MOST;
    return held;
  };
  return {
    add: (post) => {
      if (!held || (!isWhole && held[0] && isNewer(held[0], post))) return;
      held.splice(after(held, post), 0, post);
      if (held.length >= 2 * MOST) { held = held.slice(-MOST); isWhole = false; }
    },
    drop: (persona, key) => {
      const i = held?.findLastIndex((post) => post.key === key && post.persona === persona) ?? -1;
      if (i < 0) return;
      held!.splice(i, 1);
      if (!isWhole && held!.length < MOST / 2) held = null;
    },
    forget: () => { held = null; },
    find: ({ before, after: low, first }, wants) => {
      const posts = load();
      const found: Standing[] = [];
      for (let i = (before ? after(posts, before) : posts.length) - 1; i >= 0; i--) {
        const post = posts[i]!;
        if (before && !isNewer(before, post)) continue;
        if (low && !isNewer(post, low)) return found;
        if (wants(post) && found.push(post) === first) return found;
      }
      return isWhole ? found : null;
    },
  };
}

/** The index behind all that are not newer than a place. */
function after(posts: readonly Standing[], place: Place): number {
  let [low, high] = [0, posts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isNewer(posts[middle]!, place)) high = middle; else low = middle + 1;
  }
  return low;
}
