import { existsSync } from 'node:fs';
import { statementHash, toBase64Url, verifyPersona, type Suite } from '@commonhold/core';
import { openSqlite, type Sqlite } from '../sqlite/port.ts';
import { isDamage } from '../sqlite/storage-refusal.ts';
import { carryNames } from '../store/pod/carry-names.ts';
import { pseudonymRecovery, sayAsPseudonym } from './joining/recovery.ts';
import { upgradePod } from './upgrade.ts';

interface Statement { hash: string; height: number; signed: string; seen: number }

/** A pseudonym in the file that comes, and the seeds of the keys with which this house has signed for it, and signs from now on. */
export interface NameKeys { persona: string; seed: Uint8Array; next: Uint8Array }

/** `device`: the pod device that signs from now on; `newer`: the file that is there. */
export interface Renewal { persona: string; device: string; newer: string; names: readonly NameKeys[]; now: number }

/**
 * Readies a pod file that comes out of a backup for taking the place of a newer one; nobody has either open. It gets a new device, since the old
 * one has written on after the backup and its lanes would fork. What was added to the key log since, as far as `newer` can be read, is kept: a
 * device that was taken its rights does not get them back. Pseudonyms stay as they are in `newer`; answers whether. Where that cannot be read they
 * come back as the backup has them, with new keys, too. Errors of SQLite pass through.
 */
export function renewPod(suite: Suite, path: string, { persona, device, newer, names, now }: Renewal): boolean {
  const statements = statementsIn(newer, persona), carried = carryNames({ path, persona, from: newer, upgrade: upgradePod });
  const db = openSqlite(path, { durability: 'full' });
  try {
    db.transaction(() => {
      takeDevice(db, persona, device);
      keep(db, persona, statements);
      if (!carried) for (const name of names) renewName(suite, db, name, now);
    });
    return carried;
  } finally { db.close(); }
}

/** The pseudonyms in a pod file that nobody has open, and their services. */
export function namesIn(path: string, persona: string): { persona: string; service: string }[] {
  const db = openSqlite(path, { durability: 'full' });
  try {
    return db.ask<{ persona: string; service: string }>("SELECT p.persona, ifnull((SELECT service FROM contracts c WHERE c.persona = p.ref), '') AS service FROM personas p WHERE p.persona <> ?", persona)
      .map((name) => ({ ...name }));
  } finally { db.close(); }
}

const takeDevice = (db: Sqlite, persona: string, device: string): void => { db.prepare('UPDATE personas SET device = ? WHERE persona = ?').run(device, persona); };

function keep(db: Sqlite, persona: string, statements: readonly Statement[]): void {
  const put = db.prepare('INSERT OR IGNORE INTO statements (persona, hash, height, signed, seen) SELECT ref, ?, ?, ?, ? FROM personas WHERE persona = ?');
  for (const { hash, height, signed, seen } of statements) put.run(hash, height, signed, seen, persona);
}

const OF = 'SELECT hash, height, signed, seen FROM statements WHERE persona = (SELECT ref FROM personas WHERE persona = ?) ORDER BY height';

// Nobody writes down the words of a pseudonym: the house that made its keys makes new ones.
function renewName(suite: Suite, db: Sqlite, { persona, seed, next }: NameKeys, now: number): void {
  const rows = db.ask<Statement & Record<string, string | number>>(OF, persona), device = toBase64Url(suite.publicKey(next));
  const verdict = verifyPersona(suite, { persona, statements: rows.map(({ signed }) => JSON.parse(signed) as unknown), firstSeen: new Map(rows.map(({ hash, seen }) => [hash, seen])), now });
  takeDevice(db, persona, device);
  if (!verdict.ok || verdict.value.state.devices.has(device)) return;
  const said = sayAsPseudonym(suite, verdict.value.state, seed, [{ type: 'add-device', device, capabilities: ['write'] }, { type: 'rotate-recovery', recoveryKey: toBase64Url(suite.publicKey(pseudonymRecovery(suite, next))) }]);
  keep(db, persona, (said ?? []).map((signed) => ({ hash: statementHash(suite, signed.statement), height: (signed.statement as { height: number }).height, signed: JSON.stringify(signed), seen: now })));
}

// A damaged file says nothing, or not all; what it says was signed, and is judged anew where the pod is opened.
function statementsIn(path: string, persona: string): Statement[] {
  if (!existsSync(path)) return [];
  let db;
  try {
    db = openSqlite(path, { durability: 'full' });
    return db.ask<Statement & Record<string, string | number>>(OF, persona);
  } catch (error) {
    if (isDamage(error)) return [];
    throw error;
  } finally { db?.close(); }
}
