import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { migrate, type Migration } from './migrate.ts';
import { openSqlite, type Sqlite } from './port.ts';
import { schemaSteps } from './read-only.ts';
import { upgradeFile } from './upgrade.ts';

const first: Migration = (db) => db.exec('CREATE TABLE kept (x INTEGER) STRICT; INSERT INTO kept VALUES (1), (2)');
const kept = (db: Sqlite): unknown => db.ask('SELECT x FROM kept ORDER BY x');

function older(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'ch-upgrade-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'some.db'), db = openSqlite(path, { durability: 'normal' });
  migrate(db, [first]);
  db.close();
  return path;
}

test('a step that keeps what it must is taken, once', (t) => {
  const path = older(t);
  let taken = 0;
  const step: Migration = (db) => { taken++; db.exec('ALTER TABLE kept ADD COLUMN y INTEGER'); };
  for (let n = 0; n < 2; n++) upgradeFile(path, [first, step], kept);
  const db = openSqlite(path, { durability: 'normal' });
  assert.deepEqual([taken, schemaSteps(db), db.ask('SELECT x, y FROM kept').length], [1, 2, 2]);
  db.close();
});

test('a step that breaks or loses something is refused', (t) => {
  const steps: Record<string, Migration> = {
    'does not work': (db) => db.exec('SELECT * FROM nothing'),
    'is not what it was': (db) => db.exec('DELETE FROM kept WHERE x = 2'),
  };
  for (const [why, step] of Object.entries(steps)) assert.throws(() => upgradeFile(older(t), [first, step], kept), { code: 'upgrade_failed', message: new RegExp(why) });
});

test('a file that was damaged before stays as it is; one of a newer program is refused', (t) => {
  const path = older(t);
  assert.throws(() => upgradeFile(path, [], kept), { code: 'newer_data' });
  writeFileSync(path, 'no database at all, for long enough to be looked at as one, and nothing else than that');
  upgradeFile(path, [first, first], kept);
});
