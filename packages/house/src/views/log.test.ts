import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, watch } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSqlite } from '../sqlite/port.ts';
import { makeViewsLog } from './log.ts';

test('the log is emptied soon after words were taken out, and not before', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ch-views-log-'));
  const path = join(folder, 'views.db');
  const db = openSqlite(path, { durability: 'normal' });
  const errors: unknown[] = [];
  const log = makeViewsLog({ db, path, everyMs: 20, onError: (error) => { errors.push(error); } });
  try {
    db.exec('CREATE TABLE words (text TEXT); INSERT INTO words VALUES (\'gone\'); DELETE FROM words;');
    assert.ok(statSync(`${path}-wal`).size > 0);
    const changed = watch(folder);
    log.erased();
    while (statSync(`${path}-wal`).size > 0) await once(changed, 'change');
    changed.close();
    assert.deepEqual(errors, []);
  } finally {
    log.close();
    db.close();
    rmSync(folder, { recursive: true });
  }
});

test('a log that has become long is emptied, and what it held is in the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ch-views-log-'));
  const path = join(folder, 'views.db');
  const db = openSqlite(path, { durability: 'normal' });
  const errors: unknown[] = [];
  const log = makeViewsLog({ db, path, longMs: 20, long: 100_000, onError: (error) => { errors.push(error); } });
  try {
    db.exec('CREATE TABLE words (text TEXT)');
    const changed = watch(folder);
    const add = db.prepare('INSERT INTO words VALUES (?)');
    for (let n = 0; statSync(`${path}-wal`).size <= 100_000; n++) add.run(`word ${n}`);
    while (statSync(`${path}-wal`).size > 0) await once(changed, 'change');
    changed.close();
    assert.deepEqual(errors, []);
    assert.ok(statSync(path).size > 4096);
  } finally {
    log.close();
    db.close();
    rmSync(folder, { recursive: true });
  }
});
