import { canonical, codePoints, Refusal, replyAudiences, type Audience, type Json, type Suite, utf8 } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Transactor } from '../../firewall/transactor.ts';
import { nameOf } from './marks.ts';
import type { Shown } from './show.ts';
import { MICROBLOG, type NewPost, type PostBody, type PostItem, type Ref } from './types.ts';

interface Deps { gate: Gate; suite: Suite; now(): number; limit: number; show: (caller: Caller, refs: readonly Ref[]) => Promise<Shown> }

/**
 * Posts, or answers a post that the caller may read, for the same audience or a narrower one.
 * A retry under the same idempotency key gets the first answer. Refuses `bad_text`, `bad_audience`, `post_unknown`, `key_reused`,
 * `post_removed` where what the first try posted was removed since.
 */
export const makePost = ({ gate, suite, now, limit, show }: Deps) => async (caller: Caller & { persona: string }, wanted: NewPost): Promise<PostItem> => {
  checkText(wanted.text, limit);
  const { idempotencyKey, ...request } = wanted;
  const write = (tx: Transactor): PostItem => {
    const body: PostBody = { ...bodyOf(wanted, now()), ...(wanted.replyTo ? answering(gate, caller, wanted) : {}) };
    const { persona, key, at, audience } = tx.put('posts', { body: body as unknown as Json, audience: wanted.audience });
    return { persona, key, at, audience, body, liked: false, likes: { people: [], more: 0 } };
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

async function asItIs(show: Deps['show'], caller: Caller, ref: Ref): Promise<PostItem> {
  const text = (await show(caller, [ref])).posts.get(nameOf(ref));
  if (text === undefined) throw new Refusal('gone', 'post_removed', 'This was posted, and has been removed since.');
  return JSON.parse(text) as PostItem;
}

const bodyOf = ({ text, lang }: NewPost, createdAt: number): PostBody => ({ text, createdAt, ...(lang === undefined ? {} : { lang }) });

const digest = (suite: Suite, request: object): Uint8Array => suite.sha256(utf8(canonical(request as Json)));

function checkText(text: string, limit: number): void {
  if (text.trim() === '') throw new Refusal('invalid', 'bad_text', 'A post needs some words.', { field: '/text', expected: 'at least one letter' });
  if (!text.isWellFormed()) throw new Refusal('invalid', 'bad_text', 'The text holds half a character.', { field: '/text', expected: 'well-formed Unicode' });
  if (codePoints(text) > limit) {
    throw new Refusal('invalid', 'bad_text', `A post has at most ${limit} characters here.`, { field: '/text', expected: `at most ${limit} characters` });
  }
}

function answering(gate: Gate, caller: Caller, { replyTo, audience }: NewPost): { replyTo: Ref; root: Ref } {
  const { persona, key } = replyTo!;
  const parent = gate.reader(caller, persona, MICROBLOG)?.get('posts', key);
  if (!parent) throw new Refusal('not_found', 'post_unknown', 'The post that this answers is not there.', { field: '/replyTo' });
  const allowed = replyAudiences(parent.audience as Audience);
  if (!allowed.includes(audience as Audience)) {
    throw new Refusal('invalid', 'bad_audience', 'A reply cannot reach further than the post that it answers.', { field: '/audience', expected: allowed.join(', ') });
  }
  return { replyTo: { persona, key }, root: (JSON.parse(parent.body) as PostBody).root ?? { persona, key } };
}

