import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Transactor } from '../../firewall/transactor.ts';
import { putPost } from './write.ts';
import { MICROBLOG, type Image, type PostBody } from './types.ts';

/** A post from before, as its body shall be, under a key that is always the same for it. */
export interface BroughtPost { key: string; body: PostBody; audience: string }

/** Changes of which nobody is told live: those of posts that are brought along. */
export interface Quiet { has(persona: string, key: string): boolean }

type Somebody = Caller & { persona: string };

/** What became of a post: it is here now, it was here before, its author removed it since, or why not. */
export type Brought = 'made' | 'there' | 'removed' | Refusal;

/**
 * Posts that somebody wrote elsewhere, long ago: written with their own dates into their author's pod, a batch in one transaction. Nobody
 * is told of them, neither live nor as news, and they name nobody. What is here under its key already stays as it is, so that a
 * batch may come again; and what its author removed stays removed. One that is refused keeps no other from being written.
 */
export function makeBring({ gate }: { gate: Gate }) {
  const silent = new Map<string, number>();
  const quietly = async <T>(names: readonly string[], work: () => Promise<T>): Promise<T> => {
    for (const name of names) silent.set(name, (silent.get(name) ?? 0) + 1);
    try { return await work(); } finally { for (const name of names) if (silent.get(name) === 1) silent.delete(name); else silent.set(name, silent.get(name)! - 1); }
  };
  const isThere = (caller: Somebody, key: string): boolean => gate.reader(caller, caller.persona, MICROBLOG).get('posts', key) !== null;
  const transact = <T>(caller: Somebody, work: (tx: Transactor) => T): Promise<T> => gate.transact(caller, caller.persona, MICROBLOG, work);
  const put = (caller: Somebody, post: BroughtPost) => (tx: Transactor): Brought => {
    if (isThere(caller, post.key)) return 'there';
    if (tx.wasRemoved('posts', post.key)) return 'removed';
    putPost(tx, post);
    return 'made';
  };
  const one = (caller: Somebody, post: BroughtPost): Promise<Brought> => transact(caller, put(caller, post)).catch(refusalOf);
  return {
    quiet: { has: (persona, key) => silent.has(`${persona}/${key}`) || silent.has(persona) } satisfies Quiet,
    /** Tells nobody live of what changes in a person's posts meanwhile: what they wrote before comes in. */
    hush: <T>(persona: string, work: () => Promise<T>): Promise<T> => quietly([persona], work),
    bring: (caller: Somebody, posts: readonly BroughtPost[]): Promise<Brought[]> => quietly(posts.map(({ key }) => `${caller.persona}/${key}`), async () => {
      try { return await transact(caller, (tx) => posts.map((post) => put(caller, post)(tx))); } catch (error) {
        if (!(error instanceof Refusal) || error.kind === 'unavailable' || error.kind === 'denied') throw error;
        const found: Brought[] = [];
        for (const post of posts) found.push(await one(caller, post));
        return found;
      }
    }),
    /** Whether this post is here with its pictures, and would be given them otherwise: not what its author removed. */
    pictured: async (caller: Somebody, key: string): Promise<'with' | 'without' | 'removed'> => {
      const item = gate.reader(caller, caller.persona, MICROBLOG).get('posts', key);
      if (item) return (JSON.parse(item.body) as PostBody).images === undefined ? 'without' : 'with';
      return await transact(caller, (tx) => tx.wasRemoved('posts', key)) ? 'removed' : 'without';
    },
    /** Puts pictures to a post that was brought along, or makes it of them. What its author made of it since stays. */
    illustrate: (caller: Somebody, post: BroughtPost, images: Image[]): Promise<void> => quietly([`${caller.persona}/${post.key}`], () => transact(caller, (tx) => {
      const item = gate.reader(caller, caller.persona, MICROBLOG).get('posts', post.key);
      const body = item ? JSON.parse(item.body) as PostBody : post.body;
      putPost(tx, { key: post.key, body: { ...body, images }, ...(item ? {} : { audience: post.audience }) });
    })),
  };
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal && error.kind !== 'unavailable') return error;
  throw error;
}
