import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, closeSync, cpSync, mkdtempSync, openSync, readdirSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath, resolve } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { ApiError } from '@commonhold/sdk';
import { runCli } from '../support/cli.ts';
import { startCrowd, type Crowd, type Heard } from '../support/crowd.ts';
import { failingDisk } from '../support/failing-disk.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { join, memberOf, type Member } from '../support/people.ts';
import { moveIn } from '../perf/residents.ts';
import { holdsAll } from '../support/writers.ts';

const PEOPLE = 100;
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
const undo: (() => unknown)[] = [];
after(async () => { for (const fn of undo.reverse()) await fn(); });

let made: { data: string; port: number; members: Member[]; invite: string };
before(async () => {
  const t = { after: (fn: () => unknown) => { undo.push(fn); } } as TestContext;
  const data = tempFolder(t, 'faults');
  const residents = await moveIn(data, PEOPLE);
  const house = await startHouse(t, { data });
  const members = residents.map((resident, i) => memberOf(house, resident, `person${i}`));
  made = { data, port: house.port, members, invite: (await members[0]!.client.invites.make()).invite };
  await house.stop();
});

/** A copy of the full house at `data`, all people at it. */
async function inhabited(t: TestContext, data: string, main?: string): Promise<{ house: HouseProcess; crowd: Crowd; data: string }> {
  cpSync(made.data, data, { recursive: true });
  for (const folder of [data, joinPath(data, 'pods')]) chmodSync(folder, 0o700);
  const house = await startHouse(t, { data, port: made.port, ...(main !== undefined && { main }) });
  const crowd = startCrowd(t, made.members);
  await crowd.until(crowd.listen(), ({ yes, reads }) => yes >= PEOPLE && reads >= PEOPLE);
  return { house, crowd, data };
}

/** Once it is over: everybody writes again without a restart, and whatever was acknowledged is there, now and after a kill. */
async function allIsWell(t: TestContext, { house, crowd, data }: { house: HouseProcess; crowd: Crowd; data: string }, main?: string): Promise<void> {
  await crowd.until(crowd.listen(), ({ yes, no }) => yes >= PEOPLE && (no.size === 0 || yes > 4 * PEOPLE));
  await crowd.rest();
  await holdsAll(made.members[0]!, crowd.writers);
  await house.kill();
  await runCli(['verify', data], { data });
  const again = await startHouse(t, { data, port: made.port, ...(main !== undefined && { main }) });
  await holdsAll(made.members[0]!, crowd.writers);
  await again.kill();
}

/** Most people were told no, in these words, while everybody could read; `also`: what others may have heard. */
async function mostRefused(crowd: Crowd, code: string, says: RegExp, also: readonly string[] = []): Promise<Heard> {
  const heard = crowd.listen();
  await crowd.until(heard, ({ no, reads }) => (no.get(code)?.people.size ?? 0) >= PEOPLE / 2 && reads >= PEOPLE);
  assert.match(heard.no.get(code)!.says, says);
  assert.deepEqual([...heard.no.keys()].filter((other) => other !== code && !also.includes(other)), [], 'nobody heard anything else');
  return heard;
}

/** Whether a file that is open can be closed to writing from outside, as a failing disk is by its system. */
function heedsImmutable(): boolean {
  const folder = mkdtempSync(joinPath(tmpdir(), 'commonhold-immutable-'));
  const fd = openSync(joinPath(folder, 'file'), 'w');
  try {
    execFileSync('chattr', ['+i', joinPath(folder, 'file')], { stdio: 'ignore' });
    try { writeSync(fd, 'x'); return false; } catch { return true; } finally { execFileSync('chattr', ['-i', joinPath(folder, 'file')]); }
  } catch { return false; } finally { closeSync(fd); rmSync(folder, { recursive: true }); }
}

const doctor = async (data: string): Promise<string> => (await runCli(['doctor', '--port', '0', '--data', data], { data }).catch((error: { stdout: string }) => error)).stdout;

test('a disk that fills up while 100 people are at it', async (t) => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) { t.skip('a small disk of its own needs Linux and root'); return; }
  const disk = mkdtempSync(joinPath(tmpdir(), 'commonhold-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m,mode=700', 'tmpfs', disk]);
  undo.push(() => { execFileSync('umount', ['-l', disk]); rmdirSync(disk); });
  const living = await inhabited(t, joinPath(disk, 'data'));
  const filler = joinPath(disk, 'filler');
  for (let piece = 1024 * 1024; piece >= 512;) try { appendFileSync(filler, Buffer.alloc(piece, 1)); } catch { piece /= 2; }
  await mostRefused(living.crowd, 'no_space', /full\. Nothing was changed\. Make room/);
  assert.match(living.house.output(), /"code":"no_space","say":"[^"]*Make room/);
  assert.match(await doctor(living.data), /^Next: Free some space on the disk/m);
  rmSync(filler);
  await allIsWell(t, living);
});

test('a disk that takes no more writes while 100 people are at it, and takes them again', async (t) => {
  if (!heedsImmutable()) { t.skip('taking the right to write from files that are open needs Linux, root and a file system that heeds "chattr +i"'); return; }
  // Before the folder is removed.
  t.after(() => immutable(false));
  let files: string[] = [];
  const immutable = (on: boolean) => { if (files.length > 0) execFileSync('chattr', [on ? '+i' : '-i', ...files]); };
  const living = await inhabited(t, joinPath(tempFolder(t, 'read-only'), 'data'));
  // All but shared memory, whose pages the system may write behind our back: the file system would end the process for that.
  files = readdirSync(living.data, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((file) => !file.isSocket() && !file.name.endsWith('-shm')).map(({ parentPath, name }) => joinPath(parentPath, name));
  immutable(true);
  // A pod that is opened only now is found not to be for writing.
  await mostRefused(living.crowd, 'disk_failed', /gave an error\. Nothing was changed\. Check the disk/, ['read_only']);
  await assert.rejects(made.members[0]!.client.invites.make(), (error) => error instanceof ApiError && error.status === 503 && error.code === 'disk_failed');
  assert.match(living.house.output(), /"code":"disk_failed","say":"[^"]*Check the disk/);
  immutable(false);
  await allIsWell(t, living);
});

test('a file system that fails for good: 100 people are told and read on, and once it is repaired all that was acknowledged is there', async (t) => {
  const disk = failingDisk(t, 400);
  if (typeof disk === 'string') { t.skip(disk); return; }
  const data = joinPath(disk.path, 'data');
  const { house, crowd } = await inhabited(t, data);
  disk.settle();
  await crowd.until(crowd.listen(), ({ yes }) => yes >= PEOPLE);
  // Nobody is being answered while it fails: of a sync that was under way just then the kernel itself may say that it went well.
  await crowd.rest();
  disk.fail();
  const later = startCrowd(t, made.members.map((member) => ({ ...member, handle: `${member.handle} later` })));
  const { yes } = await mostRefused(later, 'disk_failed', /gave an error\..* Check the disk, then start/, ['read_only']);
  assert.equal(yes, 0);
  await house.kill();
  await assert.rejects(startHouse(t, { data, port: made.port }), /Check|read-only/);
  assert.match(await doctor(data), /^Next: Check that disk: /m);
  disk.repair();
  const again = await startHouse(t, { data, port: made.port });
  await later.rest();
  for (const [i, { bio }] of later.writers.entries()) if (bio !== null) crowd.writers[i]!.bio = null;
  await holdsAll(made.members[0]!, [...crowd.writers, ...later.writers]);
  await again.kill();
  await runCli(['verify', data], { data });
});

test('a house that is out of descriptors while 100 people are at it', async (t) => {
  if (process.platform !== 'linux') { t.skip('the limits of a running process are a thing of Linux'); return; }
  const living = await inhabited(t, joinPath(tempFolder(t, 'descriptors'), 'data'));
  const { pid } = living.house;
  const limit = (most: number) => execFileSync('prlimit', ['--pid', String(pid), `--nofile=${most}:`]);
  // All that are open stay so; nothing more can be opened.
  limit(64);
  await assert.rejects(join(living.house, made.invite, 'latecomer'), (error) => error instanceof ApiError && (error.status === 0 || (error.code === 'cannot_open' && /too many files may be open/.test(error.detail))));
  const heard = living.crowd.listen();
  await living.crowd.until(heard, ({ yes, reads }) => yes >= PEOPLE / 2 && reads >= PEOPLE / 2);
  assert.match(await doctor(living.data), /^Next: Raise its limit/m);
  limit(20_000);
  await join(living.house, made.invite, 'latecomer');
  await allIsWell(t, living);
});

test('a clock that leaps by a year either way while 100 people are at it', async (t) => {
  const main = resolve(import.meta.dirname, '../support/moved-clock.ts');
  const living = await inhabited(t, joinPath(tempFolder(t, 'clock'), 'data'), main);
  const { house, crowd } = living;
  const [ada] = made.members;
  house.send({ sleep: HOUR });
  for (const [leap, name] of [[YEAR, 'ahead'], [-YEAR, 'behind']] as const) {
    const seen = house.output().length;
    house.send({ wall: leap });
    const heard = crowd.listen();
    await crowd.until(heard, ({ yes, reads }) => yes >= 2 * PEOPLE && reads >= 2 * PEOPLE);
    assert.deepEqual([...heard.no.keys()], []);
    const { body } = await ada!.client.microblog.post({ text: `the clock is a year ${name}`, audience: 'house' }, `leap-${name}`);
    assert.ok(Math.abs(body.createdAt - Date.now() - HOUR) < HOUR / 2, 'the post has a time of the leap');
    await ada!.client.microblog.remove((await ada!.client.microblog.by(ada!.persona)).items.find(({ body: { text } }) => text === body.text)!.key);
    await join(house, made.invite, `during-${name}`);
    assert.match(await doctor(living.data), /^Next: The clock of this machine leapt .* set the clock; /m);
    assert.match(house.output().slice(name === 'ahead' ? seen : 0), /"code":"clock_leapt"/);
    house.send({ wall: -leap });
    await crowd.until(crowd.listen(), ({ yes }) => yes >= PEOPLE);
  }
  await allIsWell(t, living, main);
});
