import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs, { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { recoverySeed, wordsOf } from '@commonhold/core';
import { openHouse, type OpenHouse } from '../compose.ts';
import { makePotluck } from '../testing/potluck.ts';
import { isWaiting } from './adopt.ts';
import { verifyApart } from './drill.ts';
import { backedUp, live, temporary, type Lived } from './fixture.ts';
import { openMachine } from './machine.ts';
import { isDue, lastHour } from './nightly.ts';
import { adoptPod, fetchPod } from './one-pod.ts';
import { findPlace } from './place.ts';
import { kept, timeOf } from './prune.ts';
import { manifestOf, restoreFiles } from './restore.ts';
import { adoptWaiting } from './restores.ts';
import { DEFAULTS, NOTHING, openTarget } from './settings.ts';
import { makeSetupRestore } from './setup.ts';

type DataSpace = { persona: string; service: string; collection: string };

const quiet = () => ({ onBytes: () => {}, signal: new AbortController().signal });

/** Restores the newest backup by the house's words into an empty folder. */
async function restored({ house, place }: Lived, folder: string): Promise<string[]> {
  const found = await findPlace(house.suite, openTarget({ kind: 'folder', path: place }), { seed: recoverySeed(house.secrets.recoveryEntropy!) });
  const manifest = await manifestOf(found);
  await restoreFiles(found, manifest, folder, quiet());
  return manifest.files.map(({ path }) => path);
}

test('a house is backed up while it runs, and stands again from the words alone', async (t) => {
  const lived = await live(t);
  const key = await lived.post(0, 'First');
  await lived.like(1, 0, key);
  await backedUp(lived);
  const folder = temporary(t);
  const files = await restored(lived, folder);
  assert.ok(['secrets.json', 'house.db', 'log.db'].every((path) => files.includes(path)), files.join());
  assert.ok(files.every((path) => !/views|lock|-wal|\.here/.test(path)), files.join());
  assert.deepEqual(await verifyApart(folder, () => {}, new AbortController().signal), []);
  const again = await openHouse({ data: folder }, (error) => { throw error; }, () => lived.now.ms);
  t.after(() => again.close());
  assert.deepEqual(again.household.people().map(({ handle }) => handle).sort(), ['ada', 'bob1']);
  assert.equal((await again.household.createSession({ handle: 'bob1', passphrase: 'the passphrase of bob1', label: '', from: 'there' })).persona, lived.people[1]);
  assert.match(await again.microblog.thread({ kind: 'person', persona: lived.people[1]!, session: 'x' }, lived.people[0]!, key), /First/);
});

test('a second backup adds what is new, and says so; equal bytes are kept once', async (t) => {
  const lived = await live(t, 4);
  const first = await backedUp(lived);
  const second = await backedUp(lived);
  assert.ok(second.added < first.added, `${second.added} of ${first.added}`);
  lived.now.ms += 86_400_000;
  await lived.post(0, 'More');
  const third = await backedUp(lived);
  assert.ok(third.added < first.added / 2, `${third.added} of ${first.added}`);
  assert.equal((await lived.house.backups.list()).backups.length, 2);
});

test('the drill restores for trial; a damaged piece is found, and put there anew by the next backup', async (t) => {
  const lived = await live(t);
  const { id } = await backedUp(lived);
  const drilled = async (): Promise<{ ok: boolean; found: string[] }> => {
    const [newest] = (await lived.house.backups.list()).backups;
    const job = await lived.house.jobs.ended('house', lived.house.backups.drill(newest!.id).id);
    assert.equal(job.state, 'done', job.failed?.say);
    return job.result as { ok: boolean; found: string[] };
  };
  assert.deepEqual(await drilled().then(({ ok, found }) => [ok, found]), [true, []]);
  const pieces = readdirSync(lived.place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /pieces/.test(entry.parentPath));
  const victim = pieces.map((entry) => join(entry.parentPath, entry.name)).sort((a, b) => statSync(b).size - statSync(a).size)[0]!;
  const bytes = readFileSync(victim);
  bytes[100]! ^= 1;
  writeFileSync(victim, bytes);
  const bad = await drilled();
  assert.deepEqual([bad.ok, bad.found.length], [false, 1]);
  assert.match(bad.found[0]!, /damaged/);
  assert.equal((await lived.house.backups.list()).backups.find((one) => one.id === id)?.drill?.ok, false);
  await backedUp(lived);
  assert.equal((await drilled()).ok, true);
  assert.equal(lived.house.backups.lastBackup()?.ok, true);
});

test('nothing at the place can be read without a key, and another house\'s words open nothing', async (t) => {
  const lived = await live(t), other = await live(t);
  await lived.post(0, 'A sentence to look for');
  await backedUp(lived);
  const all = readdirSync(lived.place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1')).join('\n');
  assert.ok(!/A sentence|SQLite format|Choir|bob1/.test(all));
  await assert.rejects(findPlace(lived.house.suite, openTarget({ kind: 'folder', path: lived.place }), { seed: recoverySeed(other.house.secrets.recoveryEntropy!) }), { code: 'wrong_key' });
  await assert.rejects(findPlace(lived.house.suite, openTarget({ kind: 'folder', path: lived.place }), { key: createHash('sha256').digest() }), { code: 'wrong_key' });
});

test('a place that is gone or denied is a sentence, and an unplugged disk is no empty one', async (t) => {
  const lived = await live(t);
  const wish = { on: true, hour: 4, keep: { daily: 7, weekly: 4, monthly: 6 } };
  await assert.rejects(lived.house.backups.setSettings({ ...wish, target: { kind: 'folder', path: join(lived.data, 'inside') } }), { code: 'bad_target' });
  await assert.rejects(lived.house.backups.setSettings({ ...wish, target: { kind: 'folder', path: 'relative' } }), { code: 'bad_target' });
  assert.throws(() => lived.house.backups.start(), { code: 'no_target' });
  await backedUp(lived);
  for (const name of readdirSync(lived.place)) rmSync(join(lived.place, name), { recursive: true });
  await assert.rejects(backedUp(lived), { code: 'target_gone' });
  rmSync(lived.place, { recursive: true });
  await assert.rejects(backedUp(lived), { code: 'target_gone' });
  assert.deepEqual([lived.house.backups.lastBackup()?.ok, (await lived.house.backups.list()).place?.code], [false, 'target_gone']);
});

test('a cancelled backup leaves the earlier ones as they were, and nothing of its own', async (t) => {
  const lived = await live(t, 6);
  await backedUp(lived);
  const before = readdirSync(lived.place, { recursive: true }).sort();
  lived.now.ms += 10_000;
  for (let who = 0; who < 6; who++) await lived.post(who, `Post of ${who}`);
  const job = lived.house.backups.start();
  const stop = lived.house.jobs.listen((_, { id, done }) => { if (id === job.id && done > 0) lived.house.jobs.cancel('house', id); });
  const { state } = await lived.house.jobs.ended('house', job.id);
  stop();
  assert.equal(state, 'cancelled');
  assert.deepEqual(readdirSync(lived.place, { recursive: true }).map(String).filter((name) => /[0-9a-f]{20}$/.test(name)).sort(), before.map(String).filter((name) => /[0-9a-f]{20}$/.test(name)));
  assert.deepEqual(readdirSync(lived.place).filter((name) => name.startsWith('running')), []);
});

test('another machine at the same place is not disturbed, and one that was taken over from steps back', async (t) => {
  const lived = await live(t);
  await backedUp(lived);
  const folder = readdirSync(lived.place).find((name) => name.startsWith('c'))!;
  const other = join(lived.place, folder, 'running', 'another');
  writeFileSync(other, String(lived.now.ms - 60_000));
  await assert.rejects(backedUp(lived), { code: 'backup_busy' });
  rmSync(other);
  writeFileSync(join(lived.data, 'backup.here.json'), JSON.stringify({ id: 'f'.repeat(16), claims: false }));
  await assert.rejects(backedUp(lived), { code: 'moved_on' });
  writeFileSync(join(lived.data, 'backup.here.json'), JSON.stringify({ id: 'f'.repeat(16), claims: true }));
  await backedUp(lived);
});

test('a restored house takes the place of a fresh one, once it is whole, wherever that is cut off', async (t) => {
  const lived = await live(t);
  await lived.post(0, 'Kept');
  await backedUp(lived);
  const words = wordsOf(lived.house.secrets.recoveryEntropy!), data = temporary(t), wish = { kind: 'folder' as const, path: lived.place };
  const fresh = await openHouse({ data }, (error) => { throw error; });
  const code = fresh.household.setupCode()!;
  let whole!: () => void;
  const isWhole = new Promise<void>((resolve) => { whole = resolve; });
  const setup = makeSetupRestore({ suite: fresh.suite, data, checkCode: fresh.household.checkSetupCode, whole, onError: (error) => { throw error; } });
  await assert.rejects(setup.look({ code: 'not-the-code-1', target: wish, words, from: 'x' }), { code: 'code_wrong' });
  await assert.rejects(setup.look({ code, target: wish, words: words.toReversed(), from: 'x' }), { code: 'bad_words' });
  assert.deepEqual((await setup.look({ code, target: wish, words, from: 'x' })).map(({ title, people }) => [title, people]), [['Choir', 2]]);
  await setup.start({ code, target: wish, words, from: 'x' });
  await isWhole;
  assert.equal(setup.state().state, 'done');
  await fresh.close();
  const again = await openHouse({ data }, (error) => { throw error; });
  t.after(() => again.close());
  assert.deepEqual([again.household.count(), again.household.persona, again.household.setupCode()], [2, lived.house.household.persona, null]);
  assert.ok(openMachine(data).claims);
  assert.ok(!isWaiting(data));
});

const GONE = 'What was left since';

/** Bob is three people to three services: the first was there before the backup, the second came since, and the third has been left since. */
async function withNames(t: TestContext) {
  const lived = await live(t), { suite, household, gate, jobs } = lived.house, bob = { kind: 'person' as const, persona: lived.people[1]!, session: 'test' };
  const joining = await lived.house.joining(), services = ['stays', 'comes', 'goes'].map((name) => makePotluck(suite, name));
  const join = async (n: number) => ({ service: services[n]!.id, collection: 'dishes', persona: (await joining.join(bob, { hash: (await joining.preview(bob, { contract: services[n]!.contract() }, { local: false })).hash })).persona });
  const put = (at: DataSpace, title: string, more: object = {}) => gate.data.put(bob, at, { items: [{ body: { title, ...more } }] });
  const stays = await join(0), goes = await join(2);
  const photo = async () => (await gate.blobs.receive(bob, stays, (async function* () { yield Buffer.from(`a picture of ${await household.count()}`); })())).blob;
  await put(stays, 'Before', { photo: await photo() });
  await put(goes, GONE);
  await lived.post(1, 'Kept');
  await backedUp(lived);
  await put(stays, 'After');
  const comes = await join(1);
  await put(comes, 'Since');
  assert.equal((await jobs.ended(bob.persona, joining.leave(bob, goes.persona, goes.service).id)).state, 'done');
  await lived.post(1, 'Later');
  await lived.house.firewall.idle();
  const seat = household.personOf(bob.persona)!, place = await findPlace(suite, openTarget({ kind: 'folder', path: lived.place }), { key: lived.house.secrets.backupKey() });
  const saidOf = (persona: string) => lived.house.identity.known(persona).map((signed) => JSON.stringify(signed));
  const before = saidOf(stays.persona);
  const fetched = () => fetchPod(suite, { data: lived.data, place, seat, by: null }, () => {}, quiet().signal);
  const titlesOf = async (house: OpenHouse, at: DataSpace) => (JSON.parse(await house.gate.data.query(bob, at, { first: 9 })) as { items: { body: { title: string } }[] }).items.map(({ body }) => body.title).sort();
  return { lived, bob, stays, comes, goes, seat, before, fetched, titlesOf };
}

test('who somebody is to services stays as it is when their pod comes back: nothing of it goes back, and no key log says anything', async (t) => {
  const { lived, bob, stays, comes, goes, before, seat, fetched, titlesOf } = await withNames(t);
  await fetched();
  await lived.house.close();
  const house = await openHouse({ data: lived.data }, (error) => { throw error; });
  t.after(() => house.close());
  assert.deepEqual((await (await house.joining()).list(bob)).map(({ persona, state }) => [persona, state]), [[stays.persona, 'active'], [comes.persona, 'active']]);
  assert.deepEqual([await titlesOf(house, stays), await titlesOf(house, comes)], [['After', 'Before'], ['Since']]);
  assert.deepEqual(house.identity.known(stays.persona).map((signed) => JSON.stringify(signed)), before);
  // They are written at once, in the lanes that they had; the person themselves waits.
  await house.gate.data.put(bob, stays, { items: [{ body: { title: 'Written on' } }] });
  await assert.rejects(house.microblog.post(bob, { text: 'Too early', audience: 'house' }), { code: 'house_device_waits' });
  assert.equal(house.household.pseudonyms.ownerOf(goes.persona), null);
  await house.firewall.idle();
  await house.close();
  assert.deepEqual(await verifyApart(lived.data, () => {}, new AbortController().signal), []);
  for (const end of ['.db', '.db-wal']) assert.equal(holdsIn(join(lived.data, 'pods', seat.pod + end), GONE), false, end);
});

test('where the pod that is there cannot be read, they come back with it, by new keys; what was left stays left', async (t) => {
  const { lived, bob, stays, comes, goes, seat, fetched, titlesOf } = await withNames(t);
  await lived.house.close();
  await fetched();
  writeFileSync(join(lived.data, 'pods', `${seat.pod}.db`), Buffer.alloc(9000, 7));
  const house = await openHouse({ data: lived.data }, (error) => { throw error; });
  t.after(() => house.close());
  const joining = await house.joining();
  await left(house, bob.persona);
  assert.deepEqual(joining.list(bob).map(({ persona }) => persona), [stays.persona]);
  assert.deepEqual(await titlesOf(house, stays), ['Before']);
  assert.deepEqual(house.identity.known(stays.persona).map(({ statement: { type } }) => type), ['inception', 'add-device', 'set-home', 'add-device', 'rotate-recovery']);
  await house.gate.data.put(bob, stays, { items: [{ body: { title: 'By the new key' } }] });
  assert.deepEqual([comes.persona, goes.persona].map((persona) => house.household.pseudonyms.ownerOf(persona)), [null, null]);
  assert.equal(house.household.pseudonyms.of(bob.persona, comes.service), null);
  // The keys are this house's again: it can say that the name has ended.
  assert.equal((await house.jobs.ended(bob.persona, joining.leave(bob, stays.persona, stays.service).id)).state, 'done');
  assert.equal((joining.lastWords(stays.persona) as { statement: { type: string } }[]).at(-1)!.statement.type, 'retire');
  await house.firewall.idle();
  await house.close();
  assert.deepEqual(await verifyApart(lived.data, () => {}, new AbortController().signal), []);
});

const holdsIn = (path: string, text: string): boolean => existsSync(path) && readFileSync(path).includes(text);

/** What somebody had on the way out when the house stopped is over. */
async function left({ household, jobs }: OpenHouse, persona: string): Promise<void> {
  while (household.pseudonyms.departures.all().length > 0 && jobs.list(persona).every(({ kind }) => kind !== 'leave')) await new Promise((again) => { setImmediate(again); });
  for (const { id, kind } of jobs.list(persona)) if (kind === 'leave') await jobs.ended(persona, id);
}

test('a pod that was fetched takes the place of the one that is there, wherever that is cut off; what it cannot be renewed from is let go of', async (t) => {
  const lived = await live(t), { suite, secrets, household } = lived.house, folder = temporary(t);
  await lived.post(1, 'Kept');
  await backedUp(lived);
  await lived.post(1, 'Later');
  const seat = household.personOf(lived.people[1]!)!, place = await findPlace(suite, openTarget({ kind: 'folder', path: lived.place }), { key: secrets.backupKey() });
  await assert.rejects(fetchPod(suite, { data: lived.data, place, seat: { ...seat, pod: 'other' }, by: null }, () => {}, quiet().signal), { code: 'not_in_backup' });
  assert.ok(!isWaiting(lived.data));
  await fetchPod(suite, { data: lived.data, place, seat, by: null }, () => {}, quiet().signal);
  assert.ok(isWaiting(lived.data));
  let cuts = 0;
  for (let n = 1; ; n++) {
    const data = join(folder, String(n));
    cpSync(lived.data, data, { recursive: true, filter: (path) => !/lock|\.sock/.test(path) });
    const cut = cutAt(n, () => adoptPod(suite, data));
    if (cut) { cuts++; assert.equal(adoptPod(suite, data)?.handle, 'bob1'); }
    assert.equal(adoptPod(suite, data), null);
    assert.ok(!isWaiting(data));
    const house = await openHouse({ data }, (error) => { throw error; });
    const { items } = JSON.parse(await house.microblog.houseTimeline({ kind: 'person', persona: lived.people[0]!, session: 'test' }, { first: 9 })) as { items: { body: { text: string } }[] };
    assert.deepEqual(items.map(({ body }) => body.text), ['Kept']);
    assert.notEqual(house.household.personOf(seat.persona)!.device, seat.device);
    await assert.rejects(house.microblog.post({ kind: 'person', persona: seat.persona, session: 'test' }, { text: 'Too early', audience: 'house' }), { code: 'house_device_waits' });
    await house.close();
    if (!cut) break;
  }
  assert.ok(cuts >= 2, `cut off ${cuts} times`);
  const data = join(folder, 'spoilt');
  cpSync(lived.data, data, { recursive: true, filter: (path) => !/lock|\.sock/.test(path) });
  writeFileSync(join(data, 'before-restore', 'coming', 'pods', `${seat.pod}.db`), 'spoilt meanwhile');
  const heard: unknown[] = [];
  assert.equal(adoptWaiting(suite, data, (error) => heard.push(error)), null);
  assert.deepEqual([heard.length, isWaiting(data)], [1, false]);
});

/** Does something that is cut off at its n-th renaming; whether it was. */
function cutAt(n: number, work: () => void): boolean {
  const { renameSync } = fs;
  let count = 0;
  fs.renameSync = (from, to) => { if (++count === n) throw new TypeError('cut off'); renameSync(from, to); };
  syncBuiltinESMExports();
  try { work(); return false; } catch (error) { assert.equal((error as Error).message, 'cut off'); return true; } finally { fs.renameSync = renameSync; syncBuiltinESMExports(); }
}

test('the newest of each day, week and month stay', () => {
  const day = 86_400_000, start = Date.UTC(2026, 0, 1, 4);
  const ids = Array.from({ length: 400 }, (_, n) => (start + n * (day / 2)).toString(16).padStart(12, '0') + '00000000').reverse();
  const stay = kept(ids, { daily: 7, weekly: 4, monthly: 6 });
  assert.ok(stay.has(ids[0]!) && stay.size <= 17 && stay.size >= 12, String(stay.size));
  assert.deepEqual([...kept(ids, { daily: 0, weekly: 0, monthly: 0 })], [ids[0]]);
  assert.ok([...stay].some((id) => timeOf(id) < start + 60 * day));
});

test('one is due when the hour has come since the last that worked, also after a sleep; a failed one waits an hour', () => {
  const settings = { ...DEFAULTS, hour: 4, target: { kind: 'folder' as const, path: '/x' } };
  const at = (day: number, hour: number): number => new Date(2026, 5, day, hour).getTime();
  assert.equal(lastHour(at(10, 3), 4), at(9, 4));
  assert.equal(isDue(settings, { ...NOTHING, good: at(9, 5) }, at(10, 3)), false);
  assert.equal(isDue(settings, { ...NOTHING, good: at(9, 5) }, at(10, 5)), true);
  assert.equal(isDue(settings, { ...NOTHING, good: at(2, 5) }, at(10, 3)), true);
  assert.equal(isDue(settings, NOTHING, at(10, 3)), true);
  assert.equal(isDue({ ...settings, on: false }, NOTHING, at(10, 3)), false);
  assert.equal(isDue({ ...settings, target: null }, NOTHING, at(10, 3)), false);
  assert.equal(isDue(settings, { ...NOTHING, tried: at(10, 5), last: { at: at(10, 5), ok: false } }, at(10, 5) + 60_000), false);
  assert.equal(isDue(settings, { ...NOTHING, good: at(10, 5) }, at(10, 6), true), true);
});
