import type { Signed } from '@commonhold/core';

/** What somebody adds to a key log: statements, and closes of the lanes of devices that they revoke. */
export interface KeyLogAddition { statements: readonly unknown[]; closes?: readonly unknown[] }

/** What the household asks of the key logs of its people. */
export interface KeyLogs {
  /** The chain that counts; null for somebody who is not here. */
  view(persona: string): { statements: readonly Signed[]; recoveryKey: string; retired: boolean } | null;
  /** Whether a device may act for a persona now. */
  isActive(persona: string, device: string): boolean;
  /** On disk when it resolves; `unheard` refuses `statement_known` for what was known before. Refuses core's codes. */
  extend(persona: string, addition: KeyLogAddition, how?: { unheard: boolean }): Promise<void>;
}
