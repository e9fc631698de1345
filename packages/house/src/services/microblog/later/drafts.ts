import { fromBase64Url, Refusal, type Json } from '@commonhold/core';
import { MICROBLOG } from '../types.ts';
import type { Draft, KeptDraft, LaterDeps, Somebody } from './types.ts';

/** One's drafts, the one changed last first. */
export const makeDrafts = ({ gate }: Pick<LaterDeps, 'gate'>) => (caller: Somebody): KeptDraft[] =>
  gate.reader(caller, caller.persona, MICROBLOG).list('drafts').map(({ key, body }) => ({ key, ...JSON.parse(body) as Omit<KeptDraft, 'key'> }))
    .toSorted((a, b) => b.updatedAt - a.updatedAt);

/**
 * Keeps a draft under a key that its writer made; the pictures that it names stay as long as it does. Refuses `bad_key`, `bad_body`,
 * `blob_unknown`, `limit_reached`.
 */
export const makeKeepDraft = ({ gate, now }: Pick<LaterDeps, 'gate' | 'now'>) => async (caller: Somebody, key: string, draft: Draft): Promise<KeptDraft> => {
  if (!fromBase64Url(key, 16)) throw new Refusal('invalid', 'bad_key', 'The key of a draft is 16 random bytes.', { field: 'key', expected: '22 characters of base64url' });
  const body = { ...draft, updatedAt: now() };
  await gate.transact(caller, caller.persona, MICROBLOG, (tx) => { tx.put('drafts', { key, body: body as unknown as Json }); });
  return { key, ...body };
};

/** Lets a draft go, and the pictures that nothing else names. Nothing there is fine, too. */
export const makeDropDraft = ({ gate }: Pick<LaterDeps, 'gate'>) => async (caller: Somebody, key: string): Promise<void> => {
  await gate.transact(caller, caller.persona, MICROBLOG, (tx) => { tx.remove('drafts', key); });
};
