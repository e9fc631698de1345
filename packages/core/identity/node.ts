import type { KeyLogState } from './state.ts';
import type { Signed } from './statement.ts';

/** A statement that was right where it stands, with all that is built on it. */
export interface Node {
  readonly hash: string; readonly signed: Signed;
  /** What the key log says with this statement as its last. */
  readonly state: KeyLogState;
  readonly parent: Node | null;
  readonly children: Node[];
  /** When this verifier first saw it, ms. */
  readonly seen: number;
  /** Signed by the recovery key of its place (an inception is). */
  readonly byRecovery: boolean;
}

/** A statement that does not count, and why. `hash` is null for what is no statement. */
export interface Loser { hash: string | null; height: number | null; code: string }

/** Text order by UTF-16 unit; for the ASCII of hashes and codes that is byte order. */
export const byText = (a: string, b: string): number => Number(a > b) - Number(a < b);
