import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test, type TestContext } from 'node:test';
import { runCli } from '../support/cli.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { wholeTimeline } from '../support/writers.ts';

const POSTS = 120;
const PAGE = 4096;
const undo: (() => unknown)[] = [];
after(async () => { for (const fn of undo.reverse()) await fn(); });

let made: { data: string; ada: Member; bob: Member; timeline: Map<string, string> };
before(async () => {
  const t = { after: (fn: () => unknown) => { undo.push(fn); } } as TestContext;
  const data = tempFolder(t, 'torn');
  const house = await startHouse(t, { data });
  const ada = await found(house);
  const bob = await join(house, (await ada.client.invites.make()).invite, 'bob');
  for (let i = 0; i < POSTS; i++) await [ada, bob][i % 2]!.client.microblog.post({ text: `post ${i}`, audience: 'house' }, `post-${i}`);
  await assert.rejects(house.client().people.list());
  made = { data, ada, bob, timeline: await wholeTimeline(ada) };
  await house.stop();
});

/** A copy of the folder, torn; as a crash leaves it unless told otherwise. */
function torn(t: TestContext, damage: (data: string) => void, { crashed = true } = {}): string {
  const data = joinPath(tempFolder(t, 'torn'), 'data');
  cpSync(made.data, data, { recursive: true });
  chmodSync(joinPath(data, 'pods'), 0o700);
  damage(data);
  if (crashed) writeFileSync(joinPath(data, 'house.lock'), '{"pid":1}', { mode: 0o600 });
  return data;
}

/** Overwrites every page but the first. */
function tear(path: string): void {
  const bytes = readFileSync(path);
  assert.ok(bytes.length > 2 * PAGE, `${path} is too small to be torn`);
  writeFileSync(path, bytes.fill(7, PAGE));
}

/** Overwrites the first page of an index, which nothing but a question that uses it looks at. */
function tearIndex(path: string, index: string): void {
  const db = new DatabaseSync(path, { readOnly: true });
  const { rootpage } = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(index) as { rootpage: number };
  db.close();
  writeFileSync(path, readFileSync(path).fill(7, (rootpage - 1) * PAGE, rootpage * PAGE));
}

async function start(t: TestContext, data: string) {
  const house = await startHouse(t, { data });
  return { house, ada: house.client(made.ada.session), bob: house.client(made.bob.session) };
}

const doctor = (data: string) => runCli(['doctor', '--port', '0', '--data', data], { data }).catch((error: { stdout: string }) => error);

for (const [name, damage] of [
  ['torn', (path: string) => tear(path)], ['cut off', (path: string) => truncateSync(path, PAGE + 100)], ['no database', (path: string) => writeFileSync(path, 'something else '.repeat(500))],
  ['empty', (path: string) => truncateSync(path, 0)], ['gone', (path: string) => rmSync(path)],
] as const) {
  test(`views and log that are ${name} are made anew, without anybody`, async (t) => {
    const data = torn(t, (folder) => { for (const file of ['views.db', 'log.db']) damage(joinPath(folder, file)); });
    const { house, ada, bob } = await start(t, data);
    assert.deepEqual(await wholeTimeline({ client: ada }), made.timeline);
    await bob.microblog.post({ text: 'it goes on', audience: 'house' }, 'on');
    assert.equal((await wholeTimeline({ client: ada })).size, POSTS + 1);
    if (name === 'torn') {
      assert.match(house.output(), /"code":"views_renewed","say":"[^"]*Nothing needs to be done/);
      assert.match(house.output(), /"code":"log_renewed","say":"[^"]*log\.db\.damaged/);
      assert.ok(existsSync(joinPath(data, 'log.db.damaged')));
      assert.match((await doctor(data)).stdout, /^note {2}Lately .*(views|log)_renewed/m);
    }
    assert.equal(await house.stop(), 0);
    await runCli(['verify', data], { data });
  });
}

test('views that were torn while nobody crashed are found at the first question, and made anew at the next start', async (t) => {
  const data = torn(t, (folder) => tearIndex(joinPath(folder, 'views.db'), 'posts_created'), { crashed: false });
  const first = await start(t, data);
  await assert.rejects(first.ada.microblog.house(), (error: { status: number; code: string; detail: string }) => error.status === 503 && error.code === 'views_damaged' && /Start the house again/.test(error.detail));
  await first.bob.microblog.post({ text: 'writing goes on', audience: 'house' }, 'on');
  assert.match((await doctor(data)).stdout, /^Next: .*Start the house again: it makes them anew/m);
  await first.house.stop();
  const { house, ada } = await start(t, data);
  assert.equal((await wholeTimeline({ client: ada })).size, POSTS + 1);
  await house.stop();
});

for (const [name, damage, says] of [
  ['torn', (path: string) => tear(path), /house\.db is damaged\. Keep a copy .* back from a backup/],
  ['emptied', (path: string) => truncateSync(path, 0), /house\.db knows nobody, and yet there are pods\. Keep a copy .* back from a backup/],
] as const) {
  test(`a house.db that is ${name} is no new house: it says which file, and what to do`, async (t) => {
    const data = torn(t, (folder) => damage(joinPath(folder, 'house.db')));
    await assert.rejects(startHouse(t, { data }), says);
    if (name === 'torn') assert.match((await doctor(data)).stdout, /^Next: Keep a copy of the folder, then put .*house\.db back from a backup\.$/m);
  });
}

test('a torn pod is its own person\'s trouble: they are told, everybody else goes on', async (t) => {
  const data = torn(t, (folder) => {
    const pods = readdirSync(joinPath(folder, 'pods')).map((name) => joinPath(folder, 'pods', name));
    const bobs = pods.find((path) => readFileSync(path).includes(made.bob.persona) && !readFileSync(path).includes(`"persona":"${made.ada.persona}"`))!;
    assert.ok(statSync(bobs).size > 2 * PAGE);
    tear(bobs);
  });
  const { house, ada, bob } = await start(t, data);
  await assert.rejects(bob.microblog.post({ text: 'mine', audience: 'house' }, 'mine'), { status: 503, code: 'pod_damaged' });
  await ada.microblog.post({ text: 'hers', audience: 'house' }, 'hers');
  const texts = [...(await wholeTimeline({ client: ada })).values()];
  assert.equal(texts.length, POSTS / 2 + 1);
  assert.match((await doctor(data)).stdout, /^Next: .*Restore it from a copy\.$/m);
  await house.stop();
  assert.match((await doctor(data)).stdout, /^Next: Keep a copy of the folder, then put .*pods\/.* back from a backup\.$/m);
});
