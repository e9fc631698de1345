import { existsSync } from 'node:fs';
import { openSqlite } from '../sqlite/port.ts';
import { isDamage } from '../sqlite/storage-refusal.ts';

interface Statement { persona: string; hash: string; height: number; signed: string; seen: number }

/**
 * Readies a pod file that comes out of a backup for taking the place of a newer one; nobody has either open. `device`: the pod device that
 * signs from now on, since the old one has written on after the backup and its lanes would fork. What was added to the key log since, as
 * far as `newer` can be read, is kept: a device that was taken its rights does not get them back. Errors of SQLite pass through.
 */
export function renewPod(path: string, { persona, device, newer }: { persona: string; device: string; newer: string }): void {
  const statements = statementsIn(newer, persona);
  const db = openSqlite(path, { durability: 'full' });
  try {
    db.transaction(() => {
      db.prepare('UPDATE personas SET device = ? WHERE persona = ?').run(device, persona);
      const put = db.prepare('INSERT OR IGNORE INTO statements (persona, hash, height, signed, seen) SELECT ref, ?, ?, ?, ? FROM personas WHERE persona = ?');
      for (const { hash, height, signed, seen } of statements) put.run(hash, height, signed, seen, persona);
    });
  } finally { db.close(); }
}

// A damaged file says nothing, or not all; what it says was signed, and is judged anew where the pod is opened.
function statementsIn(path: string, persona: string): Statement[] {
  if (!existsSync(path)) return [];
  let db;
  try {
    db = openSqlite(path, { durability: 'full' });
    return db.ask<Statement & Record<string, string | number>>('SELECT hash, height, signed, seen FROM statements WHERE persona = (SELECT ref FROM personas WHERE persona = ?)', persona);
  } catch (error) {
    if (isDamage(error)) return [];
    throw error;
  } finally { db?.close(); }
}
