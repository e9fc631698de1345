import { statementHash, type Signed } from '@commonhold/core';
import { migrate } from '../../sqlite/migrate.ts';
import { openSqlite } from '../../sqlite/port.ts';
import { shelfOf } from '../blobs/place.ts';
import { makeShelf } from '../blobs/shelf.ts';
import type { Pen } from './draft.ts';
import { judge } from './judge.ts';
import { podMigrations } from './migrations.ts';
import { podStatements } from './statements.ts';
import type { Pod } from './pod.ts';
import type { PersonaState } from './types.ts';

type JudgePen = Pick<Pen, 'suite' | 'now'>;

/**
 * Opens (or makes) one pod file: FULL durability, erased bytes overwritten.
 * Refuses (`pod_damaged`) a file whose key log does not verify.
 */
export function openPod(path: string, id: string, pen: JudgePen): Pod {
  const db = openSqlite(path, { durability: 'full' });
  try {
    db.exec('PRAGMA secure_delete=ON; PRAGMA cache_size=-512;');
    migrate(db, podMigrations);
    const sql = podStatements(db);
    const pod: Pod = {
      id, path, db, sql, personas: new Map(), unsigned: new Set(), last: 0, told: 0, tidied: 0, due: Infinity, judged: new Map(), verified: new Set(), changes: [], freed: [],
      waits: db.ask('SELECT 1 FROM outbox LIMIT 1').length > 0,
      shelf: makeShelf(shelfOf(path), (blob) => sql.blobKnown.get(blob) !== undefined),
      naming: new Set(sql.namingCollections.all().map(({ service, collection }) => `${service}/${collection}`)),
    };
    loadPersonas(pod, pen);
    return pod;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Takes what is in memory from the file again: at opening, and after a write that was undone. */
export function loadPersonas(pod: Pod, pen: JudgePen): void {
  pod.personas.clear();
  pod.unsigned.clear();
  pod.last = pod.sql.last.get()?.pos ?? 0;
  for (const row of pod.sql.personas.all()) pod.personas.set(row.persona, loadPersona(pod, row, pen));
  pod.due = pod.sql.parkedDue.get()?.until ?? Infinity;
}

/** What the file has of one persona. */
function loadPersona(pod: Pod, row: { ref: number; persona: string; device: string }, pen: JudgePen): PersonaState {
  const lanes = pod.sql.lanes.all(row.ref);
  return {
    ...row,
    ...judge(pod, row, pen),
    contracts: new Map(pod.sql.joined.all(row.ref).map((joined) => [joined.service, { ...joined }])),
    lanes,
    clock: lanes.reduce((latest, { clock }) => (clock > latest ? clock : latest), NEVER),
    counts: new Map(),
  };
}

/** Adds a persona to a pod that is there, by a key log that was checked. Inside a transaction only. */
export function addPersona(pod: Pod, pen: Pick<Pen, 'suite' | 'now'>, { persona, device, keyLog }: { persona: string; device: string; keyLog: readonly Signed[] }): PersonaState {
  const ref = pod.sql.putPersona.run(persona, device).lastInsertRowid;
  keyLog.forEach((signed, height) => pod.sql.putStatement.run(ref, statementHash(pen.suite, signed.statement), height, JSON.stringify(signed), pen.now()));
  const state = loadPersona(pod, { ref, persona, device }, pen);
  pod.personas.set(persona, state);
  return state;
}

/** Whose pod it is: all others in it are pseudonyms of theirs. */
export const ownerOf = ({ personas }: Pick<Pod, 'personas'>): PersonaState | undefined => personas.values().next().value;

// The clock of somebody who has never written.
const NEVER = '0'.repeat(16);
