import { Refusal, type Json } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import { handOver } from './handing.ts';
import { ownPost } from './own.ts';
import { asItIs } from './post.ts';
import type { OwnDeps } from './remove.ts';
import type { Shown } from './show.ts';
import { MICROBLOG, type NewWords, type PostBody, type PostItem, type Ref, type VersionBody, type Words } from './types.ts';
import { wordsOf, type WordsDeps } from './words.ts';
import { checkFewWords, putPost } from './write.ts';

interface Deps extends OwnDeps, WordsDeps { show: (caller: Caller & { persona: string }, refs: readonly Ref[]) => Promise<Shown> }

/**
 * Gives one's own post other words, another warning, other pictures. What it was before stays beside it, for the same readers, until it
 * is forgotten; whoever keeps it as a reply gets the new words. Whom the new words name is looked up anew. Saying the same changes
 * nothing. Refuses `bad_text`, `poll_fixed`, `few_words_only`, `image_unknown`, `post_unknown`.
 */
export const makeEdit = (deps: Deps) => (caller: Caller & { persona: string }, key: string, wanted: NewWords): Promise<PostItem> => {
  const { gate, turns, now, show } = deps;
  return turns(caller.persona, async () => {
    if (wanted.poll !== undefined) throw new Refusal('invalid', 'poll_fixed', 'A poll stays as it was asked.', { field: '/poll' });
    const before = ownPost(gate, caller, key).body;
    const words = newWords(deps, caller.persona, before, wanted);
    await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
      const post = ownPost(gate, caller, key);
      const { text, lang, warning, images, mentions, handed, editedAt, ...fixed } = post.body;
      const was: Words = { text, ...(lang === undefined ? {} : { lang }), ...(warning === undefined ? {} : { warning }), ...(images ? { images } : {}) };
      if (isSame(was, words)) return;
      if (handed) checkFewWords(words);
      // First, so that its pictures are named by something all along.
      const version: VersionBody = { post: key, ...was, at: editedAt ?? fixed.createdAt };
      tx.put('post_versions', { body: version as unknown as Json, audience: post.audience });
      const body: PostBody = { ...fixed, ...words, editedAt: now() };
      putPost(tx, { key, body: { ...body, ...(handed ? { handed } : {}) } });
      if (handed) handOver(tx, handed, key, body, { waits: true });
    });
    return asItIs(show, caller, { persona: caller.persona, key });
  });
};

function newWords(deps: WordsDeps, writer: string, was: PostBody, { text, lang, warning = was.warning, images = was.images }: NewWords): Words {
  return wordsOf(deps, writer, { text, ...(lang === undefined ? {} : { lang }), ...(warning == null ? {} : { warning }), ...(images ? { images } : {}) });
}

// Whom the same words name may be others by now; that alone is no new wording.
const isSame = (was: Words, { mentions: _mentions, ...words }: Words): boolean => JSON.stringify(sorted(was)) === JSON.stringify(sorted(words));

const sorted = ({ text, lang, warning, images = [] }: Words): unknown =>
  [text, lang, warning, images.map(({ full, small, width, height, thumb, alt }) => [full, small, width, height, thumb, alt])];
