import { canonical, codePoints, Refusal, toBase64Url, type Json, type Suite, utf8 } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Transactor } from '../../firewall/transactor.ts';
import type { Keeper } from '../../views/keeper.ts';
import type { KeptRef } from '../../views/kept.ts';
import { answersTo } from './audiences.ts';
import { nameOf } from './marks.ts';
import { answering, parentOf } from './parent.ts';
import type { Shown } from './show.ts';
import { MICROBLOG, type Handed, type NewPost, type PostBody, type PostItem, type Ref, type ReplyBody } from './types.ts';

interface Deps { gate: Gate; views: Pick<Keeper, 'ask'>; suite: Suite; now(): number; limit(): number; show: (caller: Caller & { persona: string }, refs: readonly Ref[]) => Promise<Shown> }

/**
 * Posts, or answers a post that the caller may read, for the same audience or a narrower one. What answers another's post for few lies
 * with the caller alone, and is handed to whose post that is in the same transaction.
 * A retry under the same idempotency key gets the first answer. Refuses `bad_text`, `bad_audience`, `reply_too_wide`, `post_unknown`,
 * `key_reused`, `post_removed` where what the first try posted was removed since.
 */
export const makePost = ({ gate, views, suite, now, limit, show }: Deps) => async (caller: Caller & { persona: string }, wanted: NewPost): Promise<PostItem> => {
  checkText(wanted.text, limit());
  const { idempotencyKey, ...request } = wanted;
  const { replyTo } = wanted;
  const kept = replyTo ? await views.ask((all) => all.kept.of(replyTo.persona, replyTo.key)) : null;
  const write = (tx: Transactor): PostItem => {
    const { handed, ...body }: PostBody = { ...bodyOf(wanted, now()), ...(replyTo ? answerOf({ gate, suite }, caller, { ...wanted, replyTo }, kept) : {}) };
    const { persona, key, at, audience } = tx.put('posts', { body: { ...body, ...(handed ? { handed } : {}) } as unknown as Json, audience: wanted.audience });
    if (handed) handOver(tx, handed, key, body);
    return {
      persona, key, at, audience: handed?.audience ?? audience, body, liked: false, likes: { people: [], more: 0 },
      replyAudiences: answersTo(handed?.audience ?? audience, !handed), ...(handed ? { keptBy: handed.to } : {}),
    };
  };
  const made = await gate.transact(caller, caller.persona, MICROBLOG, (tx) =>
    idempotencyKey === undefined ? write(tx) : onceOnly((make) => tx.once(idempotencyKey, digest(suite, request), make), () => write(tx)));
  return 'again' in made ? asItIs(show, caller, { persona: caller.persona, key: made.again }) : made;
};

// What is kept of a try is the key alone: words that are removed later must not live on beside it.
function onceOnly(once: (make: () => { key: string }) => { key: string }, write: () => PostItem): PostItem | { again: string } {
  let written: PostItem | undefined;
  const { key } = once(() => {
    written = write();
    return { key: written.key };
  });
  return written ?? { again: key };
}

/** One's own post as it is shown now. Refuses `post_removed`. */
export async function asItIs(show: Deps['show'], caller: Caller & { persona: string }, ref: Ref): Promise<PostItem> {
  const text = (await show(caller, [ref])).posts.get(nameOf(ref));
  if (text === undefined) throw new Refusal('gone', 'post_removed', 'This was posted, and has been removed since.');
  return JSON.parse(text) as PostItem;
}

const bodyOf = ({ text, lang }: NewPost, createdAt: number): PostBody => ({ text, createdAt, ...(lang === undefined ? {} : { lang }) });

const digest = (suite: Suite, request: object): Uint8Array => suite.sha256(utf8(canonical(request as Json)));

/** Refuses `bad_text` for what is no text of a post. */
export function checkText(text: string, limit: number): void {
  if (text.trim() === '') throw new Refusal('invalid', 'bad_text', 'A post needs some words.', { field: '/text', expected: 'at least one letter' });
  if (!text.isWellFormed()) throw new Refusal('invalid', 'bad_text', 'The text holds half a character.', { field: '/text', expected: 'well-formed Unicode' });
  if (codePoints(text) > limit) {
    throw new Refusal('invalid', 'bad_text', `A post has at most ${limit} characters here.`, { field: '/text', expected: `at most ${limit} characters` });
  }
}

function answerOf(
  { gate, suite }: Pick<Deps, 'gate' | 'suite'>, caller: Caller & { persona: string }, { replyTo: { persona, key }, audience }: NewPost & { replyTo: Ref }, kept: KeptRef | null,
): Pick<PostBody, 'replyTo' | 'root' | 'handed'> {
  const parent = parentOf(gate, caller, { persona, key }, kept);
  if (!parent) throw new Refusal('not_found', 'post_unknown', 'The post that this answers is not there.', { field: '/replyTo' });
  const handed = answering(caller, parent, audience);
  return { replyTo: { persona, key }, root: parent.root, ...(handed ? { handed: { ...handed, as: toBase64Url(suite.random(16)) } } : {}) };
}

/** Leaves a reply, body and all, for whoever keeps it; `waits` for the end of a block, where they had it before. */
export function handOver(
  tx: Transactor, { to, under, as: key, audience }: Handed, post: string, { text, createdAt, editedAt, lang, replyTo, root }: PostBody, more: { waits?: true } = {},
): void {
  const body: ReplyBody = {
    text, createdAt, post, under, audience, replyTo: replyTo!, root: root!, ...(editedAt === undefined ? {} : { editedAt }), ...(lang === undefined ? {} : { lang }),
  };
  tx.effect(to, { op: 'put', service: MICROBLOG, collection: 'replies', key, body: body as unknown as Json, ...more });
}
