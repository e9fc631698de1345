import { toBase64Url, type Suite } from '@commonhold/core';
import type { Transactor } from '../../firewall/transactor.ts';
import type { KeptUnder } from '../../views/kept.ts';
import { keptFor } from './audiences.ts';
import { MICROBLOG } from './types.ts';

/**
 * Ends keeping replies whose audience is not that of their post any more, whose `audience` (as contracts name it) is null when it is
 * gone. Those that may go with it are asked for again: each is signed by its author for where it lies.
 */
export function moveKept(tx: Transactor, suite: Suite, now: number, kept: readonly KeptUnder[], audienceOf: (one: KeptUnder) => string | null): void {
  const again = new Map<string, KeptUnder>();
  for (const one of kept) {
    const audience = audienceOf(one);
    if (audience !== null && keptFor(one.atMost, audience) === one.audience) continue;
    if (tx.remove('replies', one.record) && audience !== null) again.set(`${one.author}/${one.under}`, one);
  }
  for (const { author, under } of again.values()) {
    tx.effect(author, { op: 'put', service: MICROBLOG, collection: 'moves', key: toBase64Url(suite.random(16)), body: { post: under, createdAt: now }, waits: true });
  }
}
