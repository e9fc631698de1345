import { Refusal } from '../refusal.ts';
import type { Op } from './envelope.ts';

/** The fields of a record that decide which one holds a key. */
export interface Version { rev: number; at: string; device: string; op: Op; base: string | null; id: string }

// A key's life is counted in eras: each put on top of a remove starts the next one.
const ERA = 2 ** 20;
const era = (rev: number): number => Math.floor(rev / ERA);

/**
 * The `rev` of a write upon `base` (null = the key is new): 1, or base.rev + 1; a put upon a remove starts the next
 * era, the next multiple of 2^20. Throws Refusal `revisions_exhausted` when an era is used up.
 */
export function nextRev(base: { rev: number; op: Op } | null, op: Op): number {
  if (base === null) return 1;
  if (base.op === 'remove' && op === 'put') return (era(base.rev) + 1) * ERA;
  // The last rev of an era is kept for a remove, so that nothing becomes impossible to remove.
  if (era(base.rev + (op === 'put' ? 2 : 1)) !== era(base.rev)) {
    throw new Refusal('conflict', 'revisions_exhausted', 'This record was changed too often. Make a new one.');
  }
  return base.rev + 1;
}

/**
 * Whether `a` holds the key against `b`: a total order, so the winner of many is the same in whichever order they come.
 * The later era wins; within an era a remove beats every put, since no put of that era was built on it; then the
 * higher rev, at, device and id.
 */
export function wins(a: Version, b: Version): boolean {
  const eras = era(a.rev) - era(b.rev);
  if (eras !== 0) return eras > 0;
  if (a.op !== b.op) return a.op === 'remove';
  if (a.rev !== b.rev) return a.rev > b.rev;
  if (a.at !== b.at) return a.at > b.at;
  return a.device === b.device ? a.id > b.id : a.device > b.device;
}
