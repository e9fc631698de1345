import type { Capability } from './statement.ts';

/** One device of a persona; heights are places in the key log. */
export interface KeyLogDevice {
  readonly capabilities: readonly Capability[]; readonly label?: string;
  readonly addedAt: number; readonly revokedAt?: number;
  /** The key that signed the revocation: it alone may close the device's lanes. */
  readonly revokedBy?: string;
}

/** What a verified key log says. */
export interface KeyLogState {
  readonly persona: string;
  /** Hash of the last statement. */
  readonly head: string;
  readonly height: number;
  /** The hash of each statement, by height: a signature may name any head that the log once had. */
  readonly heads: readonly string[];
  readonly recoveryKey: string;
  /** Recovery keys that were rotated out; they sign nothing more and never return. */
  readonly pastRecoveryKeys: readonly string[];
  /** By public key, revoked ones included. */
  readonly devices: ReadonlyMap<string, KeyLogDevice>;
  /** Persona id of the house. */
  readonly home: string | null;
  /** Height of the last set-home or revert-home. */
  readonly homeSetAt: number | null;
  /** The key that signed it. */
  readonly homeBy: string | null;
  /** Where a revert would lead back to: the house before the last set-home and the height at which it was set. */
  readonly homeBefore: { readonly house: string; readonly setAt: number } | null;
  readonly retired: boolean;
}
