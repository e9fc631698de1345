import { Refusal } from '@commonhold/core';
import type { Sqlite } from './port.ts';

/** One step of a schema: step n brings `user_version` from n to n + 1. */
export type Migration = (db: Sqlite) => void;

/**
 * Brings a file up to date, each step in its own transaction, by `user_version`.
 * Refuses (`newer_data`) a file that a newer program wrote.
 */
export function migrate(db: Sqlite, steps: readonly Migration[]): void {
  const row = db.prepare<{ user_version: number }>('PRAGMA user_version').get();
  const from = row?.user_version ?? 0;
  if (from > steps.length) {
    throw new Refusal('unavailable', 'newer_data', 'This data folder was written by a newer Commonhold. Start that version, or restore an older copy.');
  }
  for (let n = from; n < steps.length; n++) {
    db.transaction(() => {
      steps[n]!(db);
      db.exec(`PRAGMA user_version=${n + 1}`);
    });
  }
}
