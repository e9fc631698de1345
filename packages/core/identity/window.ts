import type { Node } from './node.ts';
import type { SetHome } from './statement.ts';

/** How long a move that a device signed may be reverted, in ms from the moment this verifier first saw it: 7 days. */
export const REVERT_MS = 7 * 24 * 60 * 60 * 1000;

/** A move that may still be reverted; until then nothing that devices build on it has effect. */
export interface PendingMove {
  /** Hash of the set-home. */
  statement: string;
  house: string; from: string;
  /** ms since 1970; from that moment on it stands. */
  until: number;
  /** Hashes of the statements that wait for it, in order. */
  waiting: string[];
}

/** True for a revert that this verifier first saw when the move had come to stand. */
export const tooLate = ({ signed, parent, seen }: Pick<Node, 'signed' | 'parent' | 'seen'>): boolean =>
  signed.statement.type === 'revert-home' && seen >= parent!.seen + REVERT_MS;

/**
 * How much of the winning chain has effect at `now`, and the move that the rest waits for.
 * A recovery statement settles all that it is built on: recovery never waits.
 */
export function settle(chain: readonly Node[], now: number): { effective: Node; pending: PendingMove | null } {
  const settled = chain.findLastIndex((node) => node.byRecovery);
  const at = chain.findIndex((node, i) => i > settled && isOpenMove(node, chain[i + 1], now));
  if (at < 0) return { effective: chain.at(-1)!, pending: null };
  const move = chain[at]!;
  return {
    effective: move,
    pending: {
      statement: move.hash, house: (move.signed.statement as SetHome).house, from: move.state.homeBefore!.house,
      until: move.seen + REVERT_MS, waiting: chain.slice(at + 1).map((node) => node.hash),
    },
  };
}

function isOpenMove({ signed, state, seen }: Node, next: Node | undefined, now: number): boolean {
  const isMove = signed.statement.type === 'set-home' && state.homeBefore !== null;
  return isMove && now < seen + REVERT_MS && next?.signed.statement.type !== 'revert-home';
}
