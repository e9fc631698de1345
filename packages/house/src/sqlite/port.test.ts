import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { migrate } from './migrate.ts';
import { openSqlite } from './port.ts';

function folder(t: { after(fn: () => void): void }): string {
  const path = mkdtempSync(join(tmpdir(), 'ch-sqlite-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

test('a transaction is all or nothing, and a nested one joins the outer', (t) => {
  const db = openSqlite(join(folder(t), 'a.db'), { durability: 'full' });
  db.exec('CREATE TABLE t (n INTEGER)');
  assert.throws(() => db.transaction(() => {
    db.transaction(() => db.exec('INSERT INTO t VALUES (1)'));
    throw new RangeError('stop');
  }), RangeError);
  assert.equal(db.prepare<{ n: number }>('SELECT count(*) AS n FROM t').get()?.n, 0);
  db.transaction(() => db.exec('INSERT INTO t VALUES (2)'));
  assert.deepEqual(db.prepare<{ n: number }>('SELECT n FROM t').all().map((row) => row.n), [2]);
  assert.deepEqual(db.prepareTuples<[number, number]>('SELECT n, n + 1 FROM t').all(), [[2, 3]]);
  db.close();
  db.close();
});

test('files are for their owner alone', { skip: process.platform === 'win32' }, (t) => {
  const path = join(folder(t), 'b.db');
  const db = openSqlite(path, { durability: 'normal' });
  db.exec('CREATE TABLE t (n)');
  for (const file of [path, `${path}-wal`, `${path}-shm`]) assert.equal(statSync(file).mode & 0o777, 0o600, file);
  db.close();
});

test('durability is what was asked for', (t) => {
  const dir = folder(t);
  for (const [durability, level] of [['full', 2], ['normal', 1]] as const) {
    const db = openSqlite(join(dir, `${durability}.db`), { durability });
    assert.equal(db.prepare<{ synchronous: number }>('PRAGMA synchronous').get()?.synchronous, level);
    assert.equal(db.prepare<{ journal_mode: string }>('PRAGMA journal_mode').get()?.journal_mode, 'wal');
    db.close();
  }
});

test('migrations run once each, and a newer file is refused with a sentence', (t) => {
  const db = openSqlite(join(folder(t), 'c.db'), { durability: 'normal' });
  const ran: number[] = [];
  const steps = [0, 1].map((n) => () => { ran.push(n); });
  migrate(db, steps);
  migrate(db, steps);
  assert.deepEqual(ran, [0, 1]);
  assert.throws(() => migrate(db, steps.slice(0, 1)), { code: 'newer_data' });
  db.close();
});
