import { copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, closeSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../../config/durably.ts';
import { openSqlite, type Sqlite } from '../../sqlite/port.ts';
import { unsound } from '../../sqlite/read-only.ts';
import { isDamage } from '../../sqlite/storage-refusal.ts';
import { placeOf, shelfOf } from '../blobs/place.ts';

/** Tables whose rows name a persona, parents first; then those whose rows name a lane alone. What waits for records of other devices no pseudonym has. */
const BY_PERSONA = ['statements', 'contracts', 'earlier_contracts', 'terms', 'closes', 'lanes', 'blobs', 'blob_names', 'once', 'taken', 'outbox', 'moves', 'locals', 'rows', 'conflicts'];
const BY_LANE = ['entries', 'parked', 'removals'];
/** Numbered by each file for itself. */
const OWN_NUMBERS: readonly string[] = ['outbox', 'conflicts'];
/** Where `lane` is a number of this file, not the lane's name. */
const LANE_NUMBERS: readonly string[] = [...BY_LANE, 'rows', 'conflicts'];

/** The file that comes, whose it is, and the one that is there; nobody has either open. */
export interface Carrying { path: string; persona: string; from: string; upgrade(path: string): void }

/**
 * Gives a pod file that comes out of a backup the pseudonyms as the pod that is there has them, in place of its own: for none of their services
 * goes anything back, so none sees that two of them lie in one pod. On disk when it returns. False, and nothing changed, where that one cannot be read.
 */
export function carryNames({ path, persona, from, upgrade }: Carrying): boolean {
  const now = `${path}.now`;
  for (const end of ['', '-wal']) if (existsSync(from + end)) copyFileSync(from + end, now + end);
  try {
    if (!existsSync(now)) return false;
    upgrade(now);
    return isSound(now) && carry({ path, persona, now, from });
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  } finally { for (const end of ['', '-wal', '-shm']) rmSync(now + end, { force: true }); }
}

function isSound(path: string): boolean {
  const db = openSqlite(path, { durability: 'normal' });
  try { return unsound(db) === null; } finally { db.close(); }
}

function carry({ path, persona, now, from }: Pick<Carrying, 'path' | 'persona' | 'from'> & { now: string }): boolean {
  const db = openSqlite(path, { durability: 'full' });
  try {
    db.prepare('ATTACH ? AS now').run(now);
    const [mine] = refsOf(db, 'main', persona), [theirs] = refsOf(db, 'now', persona);
    if (mine === undefined || theirs === undefined) return false;
    // The bytes first: nothing names what is not there.
    for (const { blob } of db.ask<{ blob: string }>('SELECT DISTINCT blob FROM now.blobs WHERE persona <> ?', theirs)) keepBytes(placeOf(shelfOf(from), blob), placeOf(shelfOf(path), blob));
    db.exec('PRAGMA main.secure_delete=ON');
    db.transaction(() => exchange(db, mine, theirs));
    // What was left since the backup is in no free place either.
    db.exec('DETACH now; VACUUM');
    return true;
  } finally { db.close(); }
}

const refsOf = (db: Sqlite, file: 'main' | 'now', persona: string): number[] => db.ask<{ ref: number }>(`SELECT ref FROM ${file}.personas WHERE persona = ?`, persona).map(({ ref }) => ref);

/** `mine`: the number of the pod's person in the file that comes; `theirs`: the same in the one that is there. */
function exchange(db: Sqlite, mine: number, theirs: number): void {
  for (const table of BY_LANE) db.exec(`DELETE FROM main.${table} WHERE lane IN (SELECT ref FROM main.lanes WHERE persona <> ${mine})`);
  for (const table of BY_PERSONA.toReversed()) db.exec(`DELETE FROM main.${table} WHERE persona <> ${mine}`);
  db.exec(`DELETE FROM main.personas WHERE ref <> ${mine}`);
  const by: Shift = { persona: mine, lane: mostLane(db), pos: shiftOf(db, theirs) };
  db.exec(`INSERT INTO main.personas (ref, persona, device) SELECT ref + ${by.persona}, persona, device FROM now.personas WHERE ref <> ${theirs}`);
  for (const table of BY_PERSONA) copy(db, table, by, `persona <> ${theirs}`);
  for (const table of BY_LANE) copy(db, table, by, `lane IN (SELECT ref FROM now.lanes WHERE persona <> ${theirs})`);
  // Positions never go back, for whoever watches.
  const last = lastIn(db, 'now');
  if (last <= lastIn(db, 'main')) return;
  db.exec(`DELETE FROM main.locals WHERE persona = ${mine} AND service = '' AND collection = '' AND key = ''`);
  db.exec(`INSERT INTO main.locals (pos, persona, service, collection, key, at, op, id, body) VALUES (${last}, ${mine}, '', '', '', '${'0'.repeat(16)}', 'remove', zeroblob(32), NULL)`);
}

/** By how much numbers of the one file are raised in the other. */
interface Shift { persona: number; lane: number; pos: number }

function copy(db: Sqlite, table: string, by: Shift, where: string): void {
  const names = db.ask<{ name: string }>(`PRAGMA main.table_info(${table})`).map(({ name }) => name).filter((name) => !(name === 'id' && OWN_NUMBERS.includes(table)));
  const raised = (name: string): string => {
    if (name === 'persona') return `persona + ${by.persona}`;
    if (name === 'ref' || (name === 'lane' && LANE_NUMBERS.includes(table))) return `${name} + ${by.lane}`;
    return name === 'pos' ? `pos + ${by.pos}` : name;
  };
  db.exec(`INSERT INTO main.${table} (${names.join()}) SELECT ${names.map(raised).join()} FROM now.${table} WHERE ${where}`);
}

const mostLane = (db: Sqlite): number => db.ask<{ n: number | null }>('SELECT max(ref) AS n FROM main.lanes')[0]?.n ?? 0;
const lastIn = (db: Sqlite, file: 'main' | 'now'): number => db.ask<{ n: number }>(`SELECT max(ifnull((SELECT max(pos) FROM ${file}.rows), 0), ifnull((SELECT max(pos) FROM ${file}.locals), 0)) AS n`)[0]!.n;

/** A place that both files gave to something is one that went back once: then all that is carried comes after all that is there. */
function shiftOf(db: Sqlite, theirs: number): number {
  const [both] = db.ask(`SELECT 1 FROM (SELECT pos FROM now.rows WHERE persona <> ${theirs} UNION SELECT pos FROM now.locals WHERE persona <> ${theirs}) WHERE pos IN (SELECT pos FROM main.rows UNION SELECT pos FROM main.locals) LIMIT 1`);
  return both ? lastIn(db, 'main') : 0;
}

function keepBytes(from: string, to: string): void {
  if (existsSync(to) || !existsSync(from)) return;
  const folder = dirname(to), part = `${to}.copy`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  copyFileSync(from, part);
  const file = openSync(part, 'r+');
  try { fsyncSync(file); } finally { closeSync(file); }
  renameSync(part, to);
  for (const one of [folder, dirname(folder)]) syncFolder(one);
}
