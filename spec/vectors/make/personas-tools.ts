import type { Signed } from '../../../packages/core/index.ts';
import { ada, grow } from './persona.ts';
import { key } from './tools.ts';

/** A named question: statements, when each was first seen (those left out: now), and the moment of asking. */
export interface Case { name: string; statements: unknown[]; seen: [number, readonly Signed[]][]; now: number }

/** 2026-01-01T12:00:00Z, when the verifier of the examples first saw the log; the other moments are counted from it. */
export const T0 = Date.UTC(2026, 0, 1, 12);
/** A day in ms. */
export const DAY = 86_400_000;

/** Adds a device that may do everything. */
export const adding = (name: string) => ({ type: 'add-device', device: key(name), capabilities: ['e2ee', 'manage', 'write'] } as {
  type: 'add-device'; device: string; capabilities: ('e2ee' | 'manage' | 'write')[];
});
/** Adds the pod device of a house. */
export const addingPod = (name: string): ReturnType<typeof adding> => ({ ...adding(name), capabilities: ['write'] });
/** Revokes a device. */
export const revoking = (name: string) => ({ type: 'revoke-device', device: key(name) } as const);
/** Puts a new recovery key in place. */
export const rotating = (name: string) => ({ type: 'rotate-recovery', recoveryKey: key(name) } as const);

/** Ada with a laptop and a phone that both manage; the laptop is the older. Height 3. */
export const two = (): Signed[] => grow(ada(), 'ada laptop', adding('ada phone'));

/** A case: branches of statements with the moment at which each was first seen; all are given, copies and all. */
export const made = (name: string, now: number, ...seen: [number, readonly Signed[]][]): Case =>
  ({ name, statements: seen.flatMap(([, log]) => log), seen, now });

/** Of two logs that differ in their last statement, the one whose last statement has the lower hash first. */
export function byLastHash(hash: (log: readonly Signed[]) => string, a: Signed[], b: Signed[]): [Signed[], Signed[]] {
  return hash(a) < hash(b) ? [a, b] : [b, a];
}
