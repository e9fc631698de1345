import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { migrate } from '../../sqlite/migrate.ts';
import { openSqlite } from '../../sqlite/port.ts';
import { logMigrations } from './migrations.ts';
import { makeNonces } from './nonces.ts';

test('a nonce is taken once by each key, in a file that is opened again too, until its time is over', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ch-nonces-'));
  t.after(() => { rmSync(folder, { recursive: true }); });
  let now = 1_000_000;
  const open = () => {
    const db = openSqlite(join(folder, 'log.db'), { durability: 'normal' });
    migrate(db, logMigrations);
    return { db, nonces: makeNonces(db, () => now, (key) => `name of ${key}`), count: () => db.ask<{ n: number }>('SELECT count(*) AS n FROM nonces')[0]!.n };
  };
  const first = open();
  assert.deepEqual([first.nonces.take('a', 'one', 1_060_000), first.nonces.take('a', 'one', 1_060_000), first.nonces.take('b', 'one', 1_060_000)], [true, false, true]);
  first.db.close();
  const second = open();
  assert.deepEqual([second.nonces.take('a', 'one', 1_060_000), second.nonces.take('a', 'two', 1_200_000)], [false, true]);
  now += 61_000;
  assert.equal(second.nonces.take('a', 'three', 1_200_000), true);
  assert.equal(second.count(), 2, 'those that are over are gone');
  assert.deepEqual(second.db.ask<{ key: string }>('SELECT DISTINCT key FROM nonces').map(({ key }) => key), ['name of a'], 'nothing tells which key it was');
  second.db.close();
});
