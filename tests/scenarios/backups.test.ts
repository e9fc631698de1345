import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { ApiError } from '@commonhold/sdk';
import { backedUp, backupsTo, drilled, endOf } from '../support/backups.ts';
import { failedCli, runCli } from '../support/cli.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join as moveIn, signIn, type Member } from '../support/people.ts';
import { fill, noSmallDisk, smallDisk } from '../support/small-disk.ts';
import { wholeTimeline } from '../support/writers.ts';

const PEOPLE = 6;

interface Lived { house: HouseProcess; data: string; place: string; people: Member[]; words: string }

/** A house with people in it, that knows where its backups go. */
async function live(t: TestContext, count = PEOPLE, { data = tempFolder(t, 'data'), place = join(tempFolder(t, 'place'), 'backups') } = {}): Promise<Lived> {
  const house = await startHouse(t, { data });
  const ada = await found(house);
  const { invite } = await ada.client.invites.make({ uses: count });
  const people = [ada];
  for (let i = 1; i < count; i++) people.push(await moveIn(house, invite, `person${i}`));
  const { words } = await ada.client.house.kit();
  await backupsTo(ada, place);
  return { house, data, place, people, words: words.join(' ') };
}

/** The texts of the house that comes out of the newest backup, once it runs; what `restore` checked is sound. */
async function restored(t: TestContext, { place, words }: Pick<Lived, 'place' | 'words'>, args: string[] = []): Promise<{ texts: Set<string>; house: HouseProcess; data: string }> {
  const data = join(tempFolder(t, 'again'), 'data');
  const { stdout } = await runCli(['restore', place, ...args, '--data', data], { data, input: words });
  assert.match(stdout, /^Restored: .* all checked/);
  const house = await startHouse(t, { data });
  return { texts: new Set((await wholeTimeline(await signIn(house, 'ada'))).values()), house, data };
}

test('a backup amid a storm of writes is one moment: what was acknowledged before is in it, and nothing without what went before it', async (t) => {
  const { house, people, place, words } = await live(t);
  const [ada] = people as [Member];
  const said: string[] = [], stormed = people.map((): string[] => []);
  let going = true;
  const begun = Promise.withResolvers<void>();
  // A chain through all pods, one link at a time: whoever has link n has seen all links before it. And a storm beside it.
  const chain = (async () => {
    for (let n = 0; going; n++) { await people[n % PEOPLE]!.client.microblog.post({ text: `link ${n}`, audience: 'house' }, `link-${n}`); if (said.push(`link ${n}`) === 20) begun.resolve(); }
  })();
  const storm = people.flatMap(({ client }, who) => [0, 1, 2].map(async (lane) => {
    for (let n = 0; going; n++) { const text = `storm ${who} ${lane} ${n}`; await client.microblog.post({ text, audience: 'house' }, text.replaceAll(' ', '-')); stormed[who]!.push(text); }
  }));
  await Promise.race([begun.promise, ...storm, chain]);
  const before = [...said, ...stormed.flat()], job = await ada.client.backups.make();
  const { state, failed } = await endOf(ada, job);
  assert.equal(state, 'done', failed?.say);
  assert.ok(said.length + stormed.flat().length > before.length, 'nobody wrote meanwhile');
  going = false;
  await Promise.all([chain, ...storm]);
  await house.kill();

  const { texts } = await restored(t, { place, words });
  for (const text of before) assert.ok(texts.has(text), `"${text}" was acknowledged before the backup and is not in it`);
  const links = [...texts].filter((text) => text.startsWith('link ')).map((text) => Number(text.slice(5)));
  assert.equal(Math.max(...links) + 1, links.length, 'a later link is there without an earlier one');
  t.diagnostic(`${before.length} before, ${texts.size} in it, ${said.length + stormed.flat().length} in the end`);
});

test('kill -9 amid a backup: those that were made stand, what was cut off is none, and the next one goes on', async (t) => {
  const { house: first, data, place, people, words } = await live(t, 3);
  const [ada] = people as [Member];
  await ada.client.microblog.post({ text: 'in the first', audience: 'house' }, 'first-00001');
  const made = await backedUp(ada);
  let house = first, cut = 0;
  for (const [round, after] of [2, 10].entries()) {
    for (const { client, handle } of people) await client.microblog.post({ text: `${handle} in round ${round}`, audience: 'house' }, `round-${round}`);
    const before = listed(place).length;
    await killedAfter(house, place, after, ada);
    if (listed(place).length === before) cut++;
    house = await startHouse(t, { data, port: house.port });
    assert.doesNotMatch(house.output(), /trouble|fault/);
  }
  assert.ok(cut > 0, 'no kill came in time');
  assert.ok(listed(place).includes(made));
  assert.equal((await drilled(ada, made)).ok, true);
  const last = await backedUp(ada);
  assert.equal((await drilled(ada, last)).ok, true);
  assert.deepEqual(filesIn(place).filter((name) => /part$|running/.test(name)), [], 'something is left of what was cut off');
  await house.kill();
  const { texts } = await restored(t, { place, words });
  assert.ok(texts.has('in the first') && people.every(({ handle }) => texts.has(`${handle} in round 1`)));
});

const filesIn = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const listed = (place: string): string[] => filesIn(place).flatMap((path) => /\/backups\/([0-9a-f]{20})$/.exec(path)?.[1] ?? []);

/** Kills the house once so much has changed at the place after a backup has begun, or when it is made already. */
async function killedAfter(house: HouseProcess, place: string, changes: number, steward: Member): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let seen = 0;
  const watcher = watch(place, { recursive: true }, () => { if (++seen === changes) resolve(); });
  try {
    const job = await steward.client.backups.make();
    await Promise.race([promise, endOf(steward, job).catch(() => undefined)]);
    await house.kill();
  } finally { watcher.close(); }
}

test('a full disk amid a backup, at its place or in the house: a sentence, the earlier ones stand, and room brings the next one', async (t) => {
  const missing = noSmallDisk();
  if (missing !== null) { t.skip(missing); return; }
  const place = smallDisk(t, 4), data = smallDisk(t, 24);
  const { house, people: [ada], words } = await live(t, 3, { place, data });
  const steward = ada!;
  const post = (text: string) => steward.client.microblog.post({ text, audience: 'house' }, text.replaceAll(' ', '-'));
  const refused = async (): Promise<string | undefined> => {
    try { return (await endOf(steward, await steward.client.backups.make())).failed?.code; } catch (error) { return (error as ApiError).code; }
  };
  await post('before the disk was full');
  const made = await backedUp(steward);
  const filler = fill(place);
  await post('while the place was full');
  assert.equal(await refused(), 'target_full');
  assert.deepEqual(listed(place), [made]);
  rmSync(filler);
  const other = fill(data, 96);
  assert.equal(await refused(), 'no_space');
  assert.deepEqual(listed(place), [made]);
  rmSync(other);
  assert.equal((await drilled(steward, made)).ok, true);
  await backedUp(steward);
  assert.deepEqual(readdirSync(data).filter((name) => /backup\.(tmp|drill)/.test(name)), []);
  await house.kill();
  const disk = smallDisk(t, 1), narrow = join(disk, 'data');
  fill(disk, 96);
  assert.match((await failedCli(['restore', place, '--data', narrow], { data: narrow, input: words })).said, /not enough room/);
  assert.deepEqual(readdirSync(narrow).filter((name) => /restored|house\.db|pods/.test(name)), []);
  const { texts } = await restored(t, { place, words });
  assert.ok(texts.has('before the disk was full') && texts.has('while the place was full'));
});

test('damage is found by the drill and refused by a restore, on disk and in the house itself; so are the words of somebody else', async (t) => {
  const { house, data, place, people: [ada], words } = await live(t, 2);
  const steward = ada!;
  await steward.client.microblog.post({ text: 'A sentence that will be damaged', audience: 'house' }, 'damaged-00001');
  await backedUp(steward);
  const victim = filesIn(place).filter((path) => path.includes('/pieces/')).sort((a, b) => statSync(b).size - statSync(a).size)[0]!;
  flip(victim, statSync(victim).size >> 1);
  const { code, said } = await failedCli(['backup', 'drill'], { data });
  assert.deepEqual([code, /is DAMAGED:[^]*Next: make a new backup/.test(said)], [1, true], said);

  const empty = join(tempFolder(t, 'empty'), 'data');
  const wrong = await failedCli(['restore', place, '--data', empty], { data: empty, input: [...words.split(' ').slice(1), words.split(' ')[0]].join(' ') });
  assert.match(wrong.said, /not 24 recovery words|does not open the backups/);
  const other = await failedCli(['restore', place, '--data', empty], { data: empty, input: `${'abandon '.repeat(23)}art` });
  assert.match(other.said, /This does not open the backups that lie there/);
  const broken = await failedCli(['restore', place, '--data', empty], { data: empty, input: words });
  assert.deepEqual([broken.code, /A piece of the backup is damaged/.test(broken.said)], [1, true], broken.said);
  assert.deepEqual(existsSync(empty) ? readdirSync(empty).filter((name) => name !== 'lock.db') : [], []);

  // The next backup puts there anew what was found damaged.
  const next = await backedUp(steward);
  assert.equal((await drilled(steward, next)).ok, true);
  await house.stop();
  const pod = filesIn(join(data, 'pods')).find((path) => readFileSync(path).includes('sentence that will be damaged'))!;
  flip(pod, readFileSync(pod).indexOf('sentence that will be damaged'));
  const again = await startHouse(t, { data });
  const back = await signIn(again, 'ada');
  const bad = await drilled(back, await backedUp(back));
  assert.equal(bad.ok, false);
  assert.match(bad.found.join('\n'), /DAMAGED pods\/.*@ada.*posts/);
});

/** Turns one bit of a file. */
function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at]! ^= 1;
  writeFileSync(path, bytes);
}
