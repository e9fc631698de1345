import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test, type TestContext } from 'node:test';
import { openHouse } from '../compose.ts';
import { isHeld, lockFolder, readHolder } from './lock.ts';

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'ch-lock-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A process that holds a folder until it is killed. */
async function holder(t: TestContext, folder: string) {
  const code = `const { lockFolder } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'lock.ts')).href)});
    lockFolder(${JSON.stringify(folder)}).tell({ socket: null, port: 4311, url: 'http://localhost:4311' }); console.log('held'); setInterval(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return { pid: child.pid!, kill: async () => { child.kill('SIGKILL'); await once(child, 'exit'); } };
}

test('a folder has one process; a second is told which, and where it is', async (t) => {
  const folder = folderOf(t);
  const { pid, kill } = await holder(t, folder);
  const refusal = { code: 'folder_taken', kind: 'unavailable', message: new RegExp(`process ${pid} \\(http://localhost:4311\\)`) };
  assert.throws(() => lockFolder(folder), refusal);
  await assert.rejects(openHouse({ data: folder }, () => {}), refusal);
  assert.deepEqual(readHolder(folder), { pid, socket: null, port: 4311, url: 'http://localhost:4311' });
  await kill();
  const lock = lockFolder(folder);
  assert.equal(readHolder(folder)?.pid, process.pid, 'a killed holder leaves no lock');
  assert.ok(lock.crashed);
  lock.release();
  const next = lockFolder(folder);
  assert.ok(next.crashed, 'nobody has looked at the files yet');
  next.doubt(false);
  next.release();
  assert.equal(readHolder(folder), null);
  const last = lockFolder(folder);
  assert.ok(!last.crashed);
  last.doubt(true);
  last.release();
  assert.notEqual(readHolder(folder), null);
});

test('in one process too there is one holder, until it lets go', (t) => {
  const folder = folderOf(t);
  assert.ok(!isHeld(folder));
  const first = lockFolder(folder);
  assert.ok(isHeld(folder));
  assert.throws(() => lockFolder(folder), { code: 'folder_taken', message: new RegExp(`process ${process.pid}\\.`) });
  assert.equal(statSync(join(folder, 'house.lock')).mode & 0o777, 0o600);
  first.release();
  assert.ok(!isHeld(folder));
  lockFolder(folder).release();
});

test('what a holder says of itself may be nonsense or gone, the lock stands', (t) => {
  const folder = folderOf(t);
  const lock = lockFolder(folder);
  for (const text of ['', '{', '7', '{"pid":"x"}']) {
    writeFileSync(join(folder, 'house.lock'), text);
    assert.equal(readHolder(folder), null);
    assert.throws(() => lockFolder(folder), { code: 'folder_taken', message: /another process/ });
  }
  lock.release();
});

test('a house that could not be opened holds nothing', async (t) => {
  const folder = folderOf(t);
  writeFileSync(join(folder, 'secrets.json'), 'no secrets');
  await assert.rejects(openHouse({ data: folder }, () => {}), { code: 'bad_secrets' });
  rmSync(join(folder, 'secrets.json'));
  const house = await openHouse({ data: folder }, () => {});
  await assert.rejects(openHouse({ data: folder }, () => {}), { code: 'folder_taken' });
  await house.close();
  lockFolder(folder).release();
});
