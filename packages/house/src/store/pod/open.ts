import { Refusal, type KeyLogState, type Signed, type Suite, verifyKeyLog } from '@commonhold/core';
import { migrate } from '../../sqlite/migrate.ts';
import { openSqlite } from '../../sqlite/port.ts';
import { podMigrations } from './migrations.ts';
import { podStatements } from './statements.ts';
import type { Pod } from './pod.ts';
import type { PersonaState } from './types.ts';

/**
 * Opens (or makes) one pod file: FULL durability, erased bytes overwritten.
 * Refuses (`pod_damaged`) a file whose key log does not verify.
 */
export function openPod(path: string, id: string, suite: Suite): Pod {
  const db = openSqlite(path, { durability: 'full' });
  try {
    db.exec('PRAGMA secure_delete=ON; PRAGMA cache_size=-512;');
    migrate(db, podMigrations);
    const pod: Pod = { id, path, db, sql: podStatements(db), personas: new Map(), unsigned: new Set(), last: 0, told: 0, tidied: 0, changes: [] };
    loadPersonas(pod, suite);
    return pod;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Takes what is in memory from the file again: at opening, and after a write that was undone. */
export function loadPersonas(pod: Pod, suite: Suite): void {
  pod.personas.clear();
  pod.unsigned.clear();
  pod.last = pod.sql.last.get()?.pos ?? 0;
  for (const row of pod.sql.personas.all()) {
    const lanes = pod.sql.lanes.all(row.ref);
    const state: PersonaState = {
      ...row,
      keyLog: readKeyLog(pod, row, suite),
      contracts: new Map(pod.sql.contracts.all(row.ref).map(({ service, hash, narrowing }) => [service, { service, hash, narrowing }])),
      lanes,
      clock: lanes.reduce((latest, { clock }) => (clock > latest ? clock : latest), NEVER),
      counts: new Map(),
    };
    pod.personas.set(row.persona, state);
  }
}

// The clock of somebody who has never written.
const NEVER = '0'.repeat(16);

function readKeyLog(pod: Pod, { ref, persona }: { ref: number; persona: string }, suite: Suite): KeyLogState {
  const verdict = verifyKeyLog(suite, pod.sql.statements.all(ref).map(({ signed }) => parsed(signed)));
  if (verdict.ok && verdict.value.persona === persona) return verdict.value;
  throw new Refusal('unavailable', 'pod_damaged', `The pod file ${pod.id} has a key log that does not verify. Restore it from a copy.`);
}

// What is no JSON is no statement either: the verdict says so.
function parsed(signed: string): Signed {
  try { return JSON.parse(signed) as Signed; } catch { return {} as Signed; }
}
