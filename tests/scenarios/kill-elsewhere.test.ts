import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiError } from '@commonhold/sdk';
import { thaw } from '../../packages/house/src/testing/frozen.ts';
import { runCli } from '../support/cli.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found, join, signIn } from '../support/people.ts';
import { PROGRAM } from '../support/program.ts';
import { wholeTimeline } from '../support/writers.ts';

const KILLS = 14;

const unreachable = (error: unknown): boolean => error instanceof ApiError && error.code === 'unreachable';

/** What was asked of a house that is killed again and again, by outcome. */
interface Asked { joined: Set<string>; doubtful: Set<string>; invites: Map<string, number>; ended: Set<string>; note: string; notes: string[] }

test('kills while people, invites and settings come and go: whoever was let in lives here, invites count right, nothing is half there', async (t) => {
  const data = tempFolder(t, 'joins');
  let house = await startHouse(t, { data });
  const { port } = house;
  const ada = await found(house);
  const { invite } = await ada.client.invites.make({ uses: 300 });
  const asked: Asked = { joined: new Set(), doubtful: new Set(), invites: new Map(), ended: new Set(), note: '', notes: [''] };
  let n = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    let up = true;
    const entered = Promise.withResolvers<void>();
    const until = async (work: () => Promise<void>) => { while (up) await work().catch((error: unknown) => { if (!unreachable(error)) throw error; }); };
    const work = Promise.all([
      until(async () => {
        const handle = `person${n++}`;
        asked.doubtful.add(handle);
        await join(house, invite, handle);
        asked.doubtful.delete(handle);
        asked.joined.add(handle);
        entered.resolve();
      }),
      until(async () => {
        const made = await ada.client.invites.make({ uses: 7 });
        asked.invites.set(made.invite, 7);
        if (asked.invites.size < 20) return;
        const [oldest] = [...asked.invites.keys()];
        asked.invites.delete(oldest!);
        await ada.client.invites.end(oldest!);
        asked.ended.add(oldest!);
      }),
      until(async () => {
        const note = `note ${n}.${asked.notes.length}`;
        asked.notes.push(note);
        await ada.client.house.settings({ note });
        asked.note = note;
      }),
    ]);
    // By turns: at any moment of a join, and soon after somebody was let in.
    if (kill % 2 === 0) await entered.promise;
    await wait(Math.random() * 300);
    up = false;
    await house.kill();
    await work;
    house = await startHouse(t, { data, port });
  }
  assert.ok(asked.joined.size >= KILLS / 2, `only ${asked.joined.size} were let in`);
  const { people } = await ada.client.people.list();
  const handles = new Set(people.map(({ handle }) => handle));
  for (const handle of asked.joined) assert.ok(handles.has(handle), `${handle} was let in and is not here`);
  for (const handle of handles) assert.ok(handle === 'ada' || asked.joined.has(handle) || asked.doubtful.has(handle), handle);
  const some = await signIn(house, [...asked.joined].at(-1)!);
  await some.client.microblog.post({ text: 'at home', audience: 'house' }, 'home');
  const left = new Map((await ada.client.invites.list()).invites.map((line) => [line.invite, line.left]));
  assert.equal(left.get(invite), 300 - (people.length - 1), 'the invite counts others than live here');
  for (const [made, uses] of asked.invites) assert.equal(left.get(made), uses);
  for (const ended of asked.ended) assert.ok(!left.has(ended));
  assert.ok(asked.notes.indexOf((await ada.client.house.get()).note ?? '') >= asked.notes.indexOf(asked.note), `the note is older than ${asked.note}`);
  await house.stop();
  await runCli(['verify', data], { data });
});

/** Runs a command of the house and kills it after a while, unless it was faster. */
async function killed(data: string, args: string[], after: number): Promise<void> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, ...args], { env: { ...process.env, COMMONHOLD_DATA: data, COMMONHOLD_PORT: '0' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = once(child, 'exit');
  await Promise.race([wait(after), gone]);
  child.kill('SIGKILL');
  await gone;
}

test('kills while the views are made anew: the next start makes up for it', async (t) => {
  const data = tempFolder(t, 'reindexed');
  const house = await startHouse(t, { data });
  const ada = await found(house);
  const { invite } = await ada.client.invites.make();
  for (const name of ['bob', 'cleo', 'dan']) await join(house, invite, name);
  for (let i = 0; i < 150; i++) await ada.client.microblog.post({ text: `post ${i}`, audience: 'house' }, `post-${i}`);
  const before = await wholeTimeline(ada);
  await house.stop();
  for (let i = 0; i < KILLS / 2; i++) await killed(data, ['reindex'], 150 + Math.random() * 500);
  const again = await startHouse(t, { data, port: house.port });
  assert.deepEqual(await wholeTimeline(ada), before);
  await again.stop();
  await runCli(['verify', data], { data });
});

test('kills while a folder of an earlier version is brought up to date: the next start goes on', async (t: TestContext) => {
  const { folder: data } = thaw('contracts-1');
  t.after(() => rmSync(data, { recursive: true }));
  for (let i = 0; i < KILLS / 2; i++) await killed(data, ['start'], 100 + Math.random() * 500);
  const house = await startHouse(t, { data });
  const { session } = await house.client().sessions.start({ handle: 'ada', passphrase: 'the passphrase of ada' });
  const timeline = await wholeTimeline({ client: house.client(session) });
  assert.equal(timeline.size, 4);
  await house.stop();
  await runCli(['verify', data], { data });
});
