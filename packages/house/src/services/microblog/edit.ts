import { type Json } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { asItIs, checkText, handOver } from './post.ts';
import { unknownPost, type OwnDeps } from './remove.ts';
import type { Shown } from './show.ts';
import { MICROBLOG, type PostBody, type PostItem, type Ref, type VersionBody } from './types.ts';

interface Deps extends OwnDeps { limit(): number; show: (caller: Caller & { persona: string }, refs: readonly Ref[]) => Promise<Shown> }

/**
 * Gives one's own post other words. What it said before stays beside it, for the same readers, until it is forgotten; whoever keeps it as
 * a reply gets the new words. Saying the same changes nothing. Refuses `bad_text`, `post_unknown`.
 */
export const makeEdit = ({ gate, turns, now, limit, show }: Deps) => (caller: Caller & { persona: string }, key: string, words: { text: string; lang?: string }): Promise<PostItem> =>
  turns(caller.persona, async () => {
    checkText(words.text, limit());
    await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
      const post = ownPost(gate, caller, key);
      const { text, lang, handed, editedAt, ...fixed } = post.body;
      if (text === words.text && lang === words.lang) return;
      const version: VersionBody = { post: key, text, at: editedAt ?? fixed.createdAt, ...(lang === undefined ? {} : { lang }) };
      tx.put('post_versions', { body: version as unknown as Json, audience: post.audience });
      const body: PostBody = { ...fixed, text: words.text, editedAt: now(), ...(words.lang === undefined ? {} : { lang: words.lang }) };
      tx.put('posts', { key, body: { ...body, ...(handed ? { handed } : {}) } as unknown as Json });
      if (handed) handOver(tx, handed, key, body, { waits: true });
    });
    return asItIs(show, caller, { persona: caller.persona, key });
  });

/** One's own post. Refuses `post_unknown`. */
export function ownPost(gate: Gate, caller: Caller & { persona: string }, key: string): { body: PostBody; audience: string } {
  const post = gate.reader(caller, caller.persona, MICROBLOG)?.get('posts', key);
  if (!post) throw unknownPost();
  return { body: JSON.parse(post.body) as PostBody, audience: post.audience };
}
