import { Refusal } from '@commonhold/core';
import { audienceOf, narrower, type Choice } from './audience.ts';
import type { Past, PastPost } from './types.ts';

/** Where a post stands: under its key, below another of the same person, for whom. */
export interface Standing { key: string; audience: string; replyTo: string | null; root: string }

/** Where every post of a past stands, found before the first is written: archives have them in any order. */
export interface Threads { of(post: Pick<PastPost, 'id' | 'was' | 'answers'>): Standing; readonly posts: number; readonly pictures: number }

const MOST = 2_000_000;
const MOST_DEEP = 5000;

/**
 * Reads a past once, for who answers whom. An answer is for nobody who may not read what it answers. `keyOf`: the key of a post here, by
 * what it was called there. Refuses `too_many_posts`.
 */
export async function readThreads(past: Past, { choice, keyOf, signal }: { choice: Choice; keyOf(id: string): string; signal: AbortSignal }): Promise<Threads> {
  const known = new Map<string, Pick<PastPost, 'was' | 'answers'>>();
  let pictures = 0;
  for await (const found of past.posts()) {
    signal.throwIfAborted();
    if (!('post' in found)) continue;
    const { id, was, answers } = found.post;
    known.set(id, answers === undefined ? { was } : { was, answers });
    pictures += found.post.pictures.length;
    if (known.size > MOST) throw new Refusal('too_big', 'too_many_posts', 'These are more posts than one archive can bring.', { expected: `at most ${MOST}` });
  }
  return {
    posts: known.size,
    pictures,
    of: ({ id, was, answers }) => {
      let audience = audienceOf(choice, was);
      let root = id;
      const seen = new Set([id]);
      for (let up = answers; up !== undefined && seen.size < MOST_DEEP && !seen.has(up); up = known.get(up)?.answers) {
        const above = known.get(up);
        if (!above) break;
        seen.add(up);
        audience = narrower(audience, audienceOf(choice, above.was));
        root = up;
      }
      const isOwn = answers !== undefined && answers !== id && known.has(answers);
      return { key: keyOf(id), audience, replyTo: isOwn ? keyOf(answers) : null, root: keyOf(isOwn ? root : id) };
    },
  };
}
