import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { zipOf } from '../../packages/house/src/archive/index.ts';
import { addDevice, addWriter, newBrowser, newKeys, say } from '../../packages/house/src/testing/keys.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found, memberOf, signIn, type Member } from '../support/people.ts';
import { PROGRAM } from '../support/program.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const ME = 'https://old.example/users/ada';
const run = promisify(execFile);

/** An archive as Mastodon gives it, of so many posts. */
async function archiveOf(count: number): Promise<Buffer> {
  const orderedItems = Array.from({ length: count }, (_, i) => ({
    type: 'Create', object: {
      id: `${ME}/statuses/${i}`, type: 'Note', published: new Date(1_600_000_000_000 + i * 60_000).toISOString(), to: ['https://www.w3.org/ns/activitystreams#Public'], cc: [], attachment: [],
      content: `<p>Number ${i} of what was said elsewhere</p>`, inReplyTo: i % 3 === 1 ? `${ME}/statuses/${i - 1}` : null,
    },
  }));
  const pieces: Buffer[] = [];
  for await (const piece of zipOf([{ name: 'outbox.json', bytes: [Buffer.from(JSON.stringify({ orderedItems }))] }])) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function jobOf({ client }: Member, holds: (job: { state: string; done: number; result: unknown }) => boolean): Promise<{ state: string; done: number; result: unknown }> {
  for (;;) {
    const job = (await client.jobs.mine()).jobs.find(({ kind }) => kind.startsWith('import-'));
    if (job && holds(job)) return job;
    if (job && ['failed', 'cancelled'].includes(job.state)) assert.fail(JSON.stringify(job));
    await new Promise((done) => { setTimeout(done, 20); });
  }
}

test('an import that was killed goes on by itself, and nothing comes twice', async (t) => {
  const data = tempFolder(t, 'carry');
  const house = await startHouse(t, { data });
  const ada = await found(house);
  const count = 1500;
  await ada.client.imports.past(new Uint8Array(await archiveOf(count)), 'house');
  await jobOf(ada, ({ done }) => done >= 200);
  await house.kill();
  const again = await startHouse(t, { data });
  const back = await signIn(again, 'ada');
  const { result } = await jobOf(back, ({ state }) => state === 'done');
  const { made, there, failed } = result as { made: number; there: number; failed: number };
  assert.deepEqual([made + there, failed], [count, 0]);
  assert.ok(there >= 200, `${there} were there`);
  const lines = (await run(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, 'export', 'ada', '--lines'], { env: { ...process.env, COMMONHOLD_DATA: data }, maxBuffer: 2 ** 28 })).stdout.split('\n').filter((line) => line.includes('of what was said elsewhere'));
  assert.equal(new Set(lines.map((line) => /Number \d+ /.exec(line)![0])).size, count);
  assert.equal(lines.length, count);
});

test('every command of the guide does what it says', async (t) => {
  const data = tempFolder(t, 'leaving'), at = tempFolder(t, 'away');
  const house = await startHouse(t, { data });
  const ada = await found(house);
  await ada.client.microblog.post({ text: 'before I go', audience: 'everyone' }, 'one');
  writeFileSync(join(at, 'past.zip'), await archiveOf(20));
  const guide = readFileSync(join(ROOT, 'docs/guides/leaving.md'), 'utf8');
  const commands = [...guide.matchAll(/```sh run\n([^`]*)```/g)].flatMap(([, text]) => text!.trim().split('\n'));
  assert.equal(commands.length, 4);
  for (const command of commands) {
    const [program = '', ...args] = command.split(' ');
    const [file, given] = program === 'npx' ? [process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, ...args.slice(1)]] : [program, args.map((one) => one.replace('spec/reader/', `${ROOT}/spec/reader/`))];
    const { stdout } = await run(file, given, { cwd: at, env: { ...process.env, COMMONHOLD_DATA: data, PYTHONDONTWRITEBYTECODE: '1' } });
    assert.match(stdout, /ada\.zip: [\d,]+ bytes|^good$|made 20/m, command);
  }
});

test('from one house to another: the same records, a device added by the words, then at home there', async (t) => {
  const [here, there] = [await startHouse(t, { data: tempFolder(t, 'old') }), await startHouse(t, { data: tempFolder(t, 'new') })];
  const { client } = here;
  const browser = newBrowser(await client().house.prepare({ code: here.code! }));
  const person = { handle: 'ada', name: 'Ada', passphrase: 'correct horse battery staple' };
  const old = memberOf(here, await client().house.setup({ code: here.code!, house: { title: 'Old' }, person, keyLog: browser.chain }), 'ada');
  for (const n of [1, 2, 3]) await old.client.microblog.post({ text: `before ${n}`, audience: n === 1 ? 'house' : 'everyone' }, `k${n}`);
  const bob = await found(there, 'bob');
  const zip = new Uint8Array(await (await fetch(`${here.url}${old.client.me.zipUrl}`, { headers: { authorization: `Bearer ${old.session}` } })).arrayBuffer());
  // As the browser does: the words stay in it.
  const { invite } = await bob.client.invites.make();
  const { podDevice, house } = await there.client().house.prepare({ invite });
  const me = { ...browser, chain: [...browser.chain] };
  me.chain.push(say(me, me.words, addDevice(newKeys(), 'New browser')));
  me.chain.push(say(me, me.words, addWriter({ seed: new Uint8Array(), key: podDevice })));
  const ada = memberOf(there, await there.client().house.join({ invite, person, keyLog: me.chain }), 'ada');
  assert.equal(ada.persona, old.persona);
  await ada.client.imports.pod(zip);
  const { result } = await jobOf(ada, ({ state }) => state === 'done');
  assert.ok((result as { applied: number }).applied >= 4);
  const home = say(me, me.words, { type: 'set-home', house });
  await ada.client.keys.extend([home]);
  await old.client.keys.extend([...me.chain.slice(-2), home]);
  await ada.client.microblog.post({ text: 'here now', audience: 'everyone' }, 'new');
  assert.deepEqual((await bob.client.microblog.by(ada.persona)).items.map(({ body }) => body.text), ['here now', 'before 3', 'before 2']);
  await assert.rejects(old.client.microblog.post({ text: 'and here?', audience: 'everyone' }, 'late'), { code: 'pod_moved' });
});
