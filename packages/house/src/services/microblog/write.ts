import { canonical, Refusal, toBase64Url, utf8, type Json, type Suite } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Transactor } from '../../firewall/transactor.ts';
import type { Keeper } from '../../views/keeper.ts';
import type { KeptRef } from '../../views/kept.ts';
import { handOver } from './handing.ts';
import { answering, parentOf, type Parent } from './parent.ts';
import { checkQuoteReach, offerQuote, type MayQuote } from './quoting.ts';
import { pollOf, wordsOf, type WordsDeps } from './words.ts';
import { MICROBLOG, type Handed, type Image, type NewThread, type PostBody, type Ref } from './types.ts';

/** What posting is built from. */
export interface WriteDeps extends WordsDeps { gate: Gate; views: Pick<Keeper, 'ask'>; suite: Suite; now(): number; mayQuote: MayQuote }

/** A post as it was written; `body` without what only its author's pod keeps. */
export interface Written { key: string; at: string; audience: string; body: PostBody; handed?: Handed }

type Somebody = Caller & { persona: string };

/** What else is written with posts, or why they are not written after all. */
export type Beside = (tx: Transactor) => void;

/**
 * Writes posts that answer one another, all or none, at once on disk; the first may answer and quote another's, the last may ask. A retry
 * under the same idempotency key writes nothing: `again` names what the first try wrote. `beside` runs in the same transaction, after
 * the posts are written; what it throws undoes them. Refuses what `post` does.
 */
export async function writeAll(deps: WriteDeps, caller: Somebody, { idempotencyKey, ...wanted }: NewThread, beside: Beside = () => {}): Promise<{ written: Written[] } | { again: string[] }> {
  const { replyTo, posts, lang, poll, audience } = wanted;
  const words = posts.map((given, i) => wordsOf(deps, caller.persona, { ...given, ...(lang === undefined ? {} : { lang }) }, posts.length > 1 ? `/posts/${i}` : ''));
  const asked = poll && pollOf(poll, deps.now());
  const kept = replyTo ? await deps.views.ask((all) => all.kept.of(replyTo.persona, replyTo.key)) : null;
  const quoted = wanted.quote ? await deps.views.ask((all) => all.kept.of(wanted.quote!.persona, wanted.quote!.key)) : null;
  const write = (tx: Transactor): Written[] => {
    const createdAt = deps.now();
    let parent = replyTo ? parentIn(deps, caller, replyTo, kept) : null;
    let before = replyTo;
    const found: Written[] = [];
    for (const [i, own] of words.entries()) {
      const isLast = i === words.length - 1;
      // Each a moment after the one before: that orders them wherever posts are in order of time.
      const body: PostBody = { ...own, createdAt: createdAt + i, ...(wanted.quotes && { quotes: wanted.quotes }), ...(asked && isLast && { poll: asked }) };
      if (words.length > 1) body.part = { at: i + 1, of: words.length };
      if (wanted.quote && i === 0) body.quote = quotedIn(deps, caller, wanted.quote, { audience, kept: quoted });
      const one = writeOne({ ...deps, tx }, caller, { body, audience, parent, before });
      found.push(one);
      parent = after(caller, one, audience);
      before = { persona: caller.persona, key: one.key };
    }
    beside(tx);
    return found;
  };
  return deps.gate.transact(caller, caller.persona, MICROBLOG, (tx) => (idempotencyKey === undefined ? { written: write(tx) }
    : onceOnly((make) => tx.once(idempotencyKey, digest(deps.suite, wanted), make), () => write(tx))));
}

interface One { body: PostBody; audience: string; parent: Parent | null; before: Ref | undefined }

function writeOne({ gate, suite, tx }: Pick<WriteDeps, 'gate' | 'suite'> & { tx: Transactor }, caller: Somebody, { body: own, audience, parent, before }: One): Written {
  const handedTo = parent && answering(caller, parent, audience);
  const body: PostBody = { ...own, ...(parent && before ? { replyTo: { persona: before.persona, key: before.key }, root: parent.root } : {}) };
  const handed = handedTo ? { ...handedTo, as: toBase64Url(suite.random(16)) } : undefined;
  if (handed) checkFewWords(body);
  const { key, at } = putPost(tx, { body: { ...body, ...(handed ? { handed } : {}) }, audience });
  if (handed) handOver(tx, handed, key, body);
  if (body.quote) offerQuote({ gate, suite, tx }, caller, { key, audience, quote: body.quote, createdAt: body.createdAt });
  return { key, at, audience, body, ...(handed ? { handed } : {}) };
}

/** Puts a post into its author's pod. Refuses `image_unknown` for a picture that was not sent here first. */
export function putPost(tx: Transactor, { key, body, audience }: { key?: string; body: PostBody; audience?: string }): { key: string; at: string } {
  try {
    return tx.put('posts', { body: body as unknown as Json, ...(key === undefined ? {} : { key }), ...(audience === undefined ? {} : { audience }) });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'blob_unknown') throw error;
    throw new Refusal('invalid', 'image_unknown', 'This picture was not sent here, or waited too long. Send it again.', { field: '/images', cause: error });
  }
}

/** Refuses `few_words_only`: what another keeps for the readers of theirs is words alone. */
export function checkFewWords({ images, poll, quote }: { images?: readonly Image[]; poll?: unknown; quote?: unknown }): void {
  if (!images && !poll && !quote) return;
  throw new Refusal('invalid', 'few_words_only', 'An answer to a post for few people is kept by its author, and has words alone: no pictures, no poll, no quote.');
}

// The next part answers this one, for the same readers, in the same conversation.
function after({ persona }: Somebody, { key, body, handed }: Written, audience: string): Parent {
  const root = body.root ?? { persona, key };
  return handed ? { owner: handed.to, under: handed.under, audience: handed.audience, root } : { owner: persona, under: key, audience, root };
}

function parentIn({ gate }: Pick<WriteDeps, 'gate'>, caller: Somebody, { persona, key }: Ref, kept: KeptRef | null): Parent {
  const parent = parentOf(gate, caller, { persona, key }, kept);
  if (!parent) throw new Refusal('not_found', 'post_unknown', 'The post that this answers is not there.', { field: '/replyTo' });
  return parent;
}

function quotedIn({ gate, mayQuote }: Pick<WriteDeps, 'gate' | 'mayQuote'>, caller: Somebody, { persona, key }: Ref, { audience, kept }: { audience: string; kept: KeptRef | null }): Ref {
  const post = gate.reader(caller, persona, MICROBLOG).get('posts', key);
  if (!post && !(kept && parentOf(gate, caller, { persona, key }, kept))) throw new Refusal('not_found', 'post_unknown', 'The post that this quotes is not there.', { field: '/quote' });
  if (!post || !mayQuote(caller, post)) throw new Refusal('denied', 'quote_not_allowed', 'Whose post this is does not want it quoted by you.', { field: '/quote' });
  checkQuoteReach(post.audience, audience);
  return { persona, key };
}

// What is kept of a try is the keys alone: words that are removed later must not live on beside them.
function onceOnly(once: (make: () => { keys: string[] }) => { keys?: string[]; key?: string }, write: () => Written[]): { written: Written[] } | { again: string[] } {
  let written: Written[] | undefined;
  const { keys, key } = once(() => {
    written = write();
    return { keys: written.map((one) => one.key) };
  });
  // One key: as it was kept before there were several.
  return written ? { written } : { again: keys ?? [key ?? ''] };
}

// One post is what it was before there were several: a retry may come after an update.
function digest(suite: Suite, { posts, ...rest }: Omit<NewThread, 'idempotencyKey'>): Uint8Array {
  const request = posts.length === 1 ? { ...posts[0], ...rest } : { posts, ...rest };
  return suite.sha256(utf8(canonical(request as unknown as Json)));
}
