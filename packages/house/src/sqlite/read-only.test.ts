import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openSqlite } from './port.ts';
import { openReadOnly, schemaSteps, unsound } from './read-only.ts';

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'ch-look-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

const bytesOf = (dir: string) => readdirSync(dir).sort().map((name) => [name, readFileSync(join(dir, name)).toString('base64')]);
const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`commonhold-look-${process.pid}-`));

test('looks at a file at rest and at one that a crash left, and changes neither', (t) => {
  const dir = folder(t);
  const live = openSqlite(join(dir, 'live ?#.db'), { durability: 'normal' });
  live.exec('CREATE TABLE t (n INTEGER); PRAGMA user_version=3; INSERT INTO t VALUES (1)');
  for (const end of ['', '-wal']) copyFileSync(join(dir, `live ?#.db${end}`), join(dir, `crashed.db${end}`));
  live.close();
  const before = bytesOf(dir);
  // What a killed test left behind is not of this one.
  const others = copies();
  for (const name of ['live ?#.db', 'crashed.db']) {
    const db = openReadOnly(join(dir, name));
    assert.deepEqual(db.prepare<{ n: number }>('SELECT n FROM t').all().map(({ n }) => n), [1]);
    assert.equal(schemaSteps(db), 3);
    assert.equal(unsound(db), null);
    assert.throws(() => db.exec('INSERT INTO t VALUES (2)'));
    db.close();
    db.close();
  }
  assert.deepEqual(bytesOf(dir), before);
  assert.deepEqual(copies().filter((name) => !others.includes(name)), []);
});

test('says what is unsound, and throws where there is no database', (t) => {
  const dir = folder(t);
  const path = join(dir, 'a.db');
  const db = openSqlite(path, { durability: 'normal' });
  db.exec('CREATE TABLE p (n INTEGER PRIMARY KEY); CREATE TABLE c (p INTEGER REFERENCES p, text TEXT); PRAGMA foreign_keys=OFF; INSERT INTO c VALUES (7, \'secret\')');
  db.close();
  const dangling = openReadOnly(path);
  assert.equal(unsound(dangling), 'a row of c names what is not there');
  dangling.close();
  truncateSync(path, 6000);
  assert.throws(() => { const cut = openReadOnly(path); assert.notEqual(unsound(cut), null); cut.exec('SELECT * FROM p; SELECT * FROM c'); });
  writeFileSync(path, 'not a database at all, but long enough to look at'.repeat(50));
  assert.throws(() => unsound(openReadOnly(path)));
  assert.throws(() => openReadOnly(join(dir, 'none.db')));
});
