import { canonical, codePoints, Refusal, utf8, type Json } from '@commonhold/core';
import { MICROBLOG } from '../types.ts';
import { pollOf } from '../words.ts';
import type { Draft, LaterDeps, Scheduled, Somebody } from './types.ts';

/** The furthest that something may be put off. */
const FURTHEST_MS = 366 * 86_400_000;

/** One's posts that wait for their time, the next one first. */
export const makeScheduled = ({ gate }: Pick<LaterDeps, 'gate'>) => (caller: Somebody): Scheduled[] =>
  gate.reader(caller, caller.persona, MICROBLOG).list('scheduled').map(({ key, body }) => ({ key, ...JSON.parse(body) as Omit<Scheduled, 'key'> }))
    .toSorted((a, b) => a.due - b.due);

/**
 * Has something posted later. A retry under the same idempotency key schedules nothing more; `scheduled_unknown` where that was posted
 * or taken back since. Refuses `bad_due`, `bad_text`, `bad_poll`, `bad_body`, `blob_unknown`, `limit_reached`, `key_reused`.
 */
export const makeSchedule = ({ gate, suite, now, limit }: Pick<LaterDeps, 'gate' | 'suite' | 'now' | 'limit'>) => async (caller: Somebody, draft: Draft & { due: number }, idempotencyKey?: string): Promise<Scheduled> => {
  check(draft, { now: now(), limit: limit() });
  const key = await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
    const write = () => ({ key: tx.put('scheduled', { body: { ...draft, createdAt: now() } as unknown as Json }).key });
    return (idempotencyKey === undefined ? write() : tx.once(idempotencyKey, suite.sha256(utf8(canonical({ scheduled: draft } as unknown as Json))), write)).key;
  });
  return heldBy({ gate }, caller, key);
};

/** Changes what waits, or when it is due; one that failed waits again. Refuses what `schedule` does, and `scheduled_unknown`. */
export const makeReschedule = ({ gate, now, limit }: Pick<LaterDeps, 'gate' | 'now' | 'limit'>) => async (caller: Somebody, key: string, draft: Draft & { due: number }): Promise<Scheduled> => {
  check(draft, { now: now(), limit: limit() });
  await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
    const { createdAt } = heldBy({ gate }, caller, key);
    tx.put('scheduled', { key, body: { ...draft, createdAt } as unknown as Json });
  });
  return heldBy({ gate }, caller, key);
};

/** Takes back what waits. Nothing there is fine, too. */
export const makeUnschedule = ({ gate }: Pick<LaterDeps, 'gate'>) => async (caller: Somebody, key: string): Promise<void> => {
  await gate.transact(caller, caller.persona, MICROBLOG, (tx) => { tx.remove('scheduled', key); });
};

/** What waits under a key. Refuses `scheduled_unknown`. */
export function heldBy({ gate }: Pick<LaterDeps, 'gate'>, caller: Somebody, key: string): Scheduled {
  const item = gate.reader(caller, caller.persona, MICROBLOG).get('scheduled', key);
  if (item) return { key, ...JSON.parse(item.body) as Omit<Scheduled, 'key'> };
  throw new Refusal('not_found', 'scheduled_unknown', 'This waits no more: it was posted, or taken back.');
}

// The rest is said when it is posted: what it answers, whom it quotes, may have changed by then.
function check({ parts, poll, due }: Draft & { due: number }, { now, limit }: { now: number; limit: number }): void {
  if (due <= now || due > now + FURTHEST_MS) throw new Refusal('invalid', 'bad_due', 'Choose a time to come, within a year.', { field: '/due', expected: 'a time to come' });
  if (poll) pollOf(poll, due);
  for (const [i, { text, images = [] }] of parts.entries()) {
    const field = `/parts/${i}/text`;
    if (text.trim() === '' && images.length === 0) throw new Refusal('invalid', 'bad_text', 'A post needs some words or a picture.', { field, expected: 'at least one letter' });
    if (codePoints(text) > limit) throw new Refusal('invalid', 'bad_text', `A post has at most ${limit} characters here.`, { field, expected: `at most ${limit} characters` });
  }
}
