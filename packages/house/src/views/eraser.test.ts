import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, watch } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSqlite } from '../sqlite/port.ts';
import { makeEraser } from './eraser.ts';

test('the log is emptied soon after words were taken out, and not before', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ch-eraser-'));
  const path = join(folder, 'views.db');
  const db = openSqlite(path, { durability: 'normal' });
  const errors: unknown[] = [];
  const eraser = makeEraser({ db, path, everyMs: 20, onError: (error) => { errors.push(error); } });
  try {
    db.exec('CREATE TABLE words (text TEXT); INSERT INTO words VALUES (\'gone\'); DELETE FROM words;');
    assert.ok(statSync(`${path}-wal`).size > 0);
    const changed = watch(folder);
    eraser.erased();
    while (statSync(`${path}-wal`).size > 0) await once(changed, 'change');
    changed.close();
    assert.deepEqual(errors, []);
  } finally {
    eraser.close();
    db.close();
    rmSync(folder, { recursive: true });
  }
});
