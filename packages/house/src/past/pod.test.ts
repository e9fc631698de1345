import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Refusal, toBase64Url, type Signed } from '@commonhold/core';
import { openArchive, zipOf } from '../archive/index.ts';
import { podDeviceSeed } from '../household/podDevice.ts';
import { addDevice, addWriter, newKeys, say } from '../testing/keys.ts';
import { photo } from '../testing/pictures.ts';
import { makePotluck } from '../testing/potluck.ts';
import { openTrialHouse, type Person, type TrialHouse } from '../testing/house.ts';
import { checkHeld } from './bring-pod.ts';
import { importsOf } from './open.ts';
import { verifyPodZip } from './pod-lines.ts';

const old = await openTrialHouse(['ada', 'bob']);
const fresh = await openTrialHouse(['cleo']);
after(async () => { await old.close(); await fresh.close(); });
const { ada, bob } = old.people as Record<'ada' | 'bob', Person>;

const potluck = makePotluck(old.house.suite, 'along');

async function live(): Promise<void> {
  const { microblog, people, outbox, pictures } = old.house;
  const image = await pictures.take(ada, 'microblog', (async function* bytes() { yield await photo(); })());
  const first = await microblog.post(ada, { text: 'with a picture', audience: 'everyone', images: [{ ...image, alt: 'yellow and blue' }] });
  await microblog.post(ada, { text: 'for the old house', audience: 'house', replyTo: { persona: ada.persona, key: first.key } });
  const gone = await microblog.post(ada, { text: 'taken back', audience: 'only-me' });
  await microblog.remove(ada, gone.key);
  await microblog.edit(ada, first.key, { text: 'with a picture, edited' });
  await people.setProfile(ada, { name: 'Ada Elsewhere', bio: 'alto' });
  await people.follow(ada, bob.persona);
  await people.follow(bob, ada.persona);
  // A service that she joined as herself, by two versions of its contract.
  const joining = await old.house.joining(), at = (collection: string) => ({ persona: ada.persona, service: potluck.id, collection });
  await joining.join(ada, { hash: (await joining.preview(ada, { contract: potluck.contract() }, { local: false })).hash, as: 'self' });
  const dish = (await old.house.gate.blobs.receive(ada, at('dishes'), (async function* bytes() { yield Buffer.from('a dish'); })())).blob;
  await old.house.gate.data.put(ada, at('dishes'), { items: [{ body: { title: 'Dumplings', photo: dish } }] });
  await joining.accept(ada, ada.persona, potluck.id, { hash: (await joining.preview(ada, { contract: potluck.contract((document) => { document['version'] = 2; }) }, { local: false })).hash, earlier: false });
  await old.house.gate.data.put(ada, at('dishes'), { items: [{ body: { title: 'Soup' } }] });
  await outbox.idle();
}
await live();

async function zipped({ house, folder }: TrialHouse, persona: string, name: string): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of zipOf(house.firewall.exportFiles(persona)!)) pieces.push(piece);
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat(pieces));
  return path;
}

/** Everything that is signed or named by its bytes, of one persona in one house. */
function essence({ house }: TrialHouse, persona: string): string[] {
  return [...house.firewall.exportOf(persona)!].map((line) => JSON.parse(line) as { type: string; id?: string; lane?: string; seq?: number; body?: unknown; blob?: string; data?: string; part?: number })
    .flatMap((line) => (line.type === 'entry' ? [`${line.lane} ${line.seq} ${line.id} ${JSON.stringify(line.body ?? null)}`] : line.type === 'blob' ? [`${line.blob} ${line.part} ${createHash('sha256').update(line.data!).digest('hex')}`] : [])).sort();
}

const zip = await zipped(old, ada.persona, 'ada.zip');

test('a packed export is checked like any other, and holds no private key', async () => {
  const verdict = await verifyPodZip(old.house.suite, zip);
  assert.ok(verdict.ok, JSON.stringify(verdict));
  assert.deepEqual([verdict.value.blobs.count, verdict.value.records.get('microblog.posts'), verdict.value.records.get('people.followers')], [3, 2, 1]);
  const archive = await openArchive(zip, { spool: 'never' });
  const names = archive.entries.map(({ name }) => name);
  assert.ok(['READ-ME.txt', 'about.json', 'key-log.jsonl', 'lanes.jsonl', 'records/microblog/posts.jsonl', 'access-log.csv', 'sums.txt'].every((name) => names.includes(name)), names.join());
  assert.ok(names.some((name) => /^media\/microblog\/posts\/[\w-]{22}\/[\w-]{43}\.webp$/.test(name)));
  const all: Uint8Array[] = [];
  for (const entry of archive.entries) for await (const piece of entry.read()) all.push(piece);
  await archive.close();
  const text = Buffer.concat(all);
  const { secrets, household } = old.house;
  const browser = old.browsers['ada']!;
  const secret = [secrets.house, secrets.deviceSeed, secrets.recoveryEntropy!, browser.words.seed, browser.laptop.seed, ...household.people().flatMap(({ keySalt }) => [keySalt, podDeviceSeed(secrets.house, keySalt)])];
  for (const bytes of secret) for (const form of [Buffer.from(bytes), toBase64Url(bytes), Buffer.from(bytes).toString('hex'), Buffer.from(bytes).toString('base64')]) assert.equal(text.includes(form), false);
  assert.equal(text.includes('taken back'), false);
});

/** Joins the other house as the same person, as their browser does: by the words, which it alone has. */
async function rejoin(handle: string, chain: readonly Signed[] = old.house.identity.known(ada.persona)): Promise<Person & { chain: Signed[] }> {
  const { household } = fresh.house;
  const { invite } = household.invite(fresh.people['cleo']!.persona, {});
  const { podDevice } = household.prepare({ invite, from: '::1' });
  const browser = { ...old.browsers['ada']!, chain: [...chain] };
  browser.chain.push(say(browser, browser.words, addDevice(newKeys(), 'New browser')));
  browser.chain.push(say(browser, browser.words, addWriter({ seed: new Uint8Array(), key: podDevice })));
  const welcome = await household.join({ invite, person: { handle, name: 'Ada', passphrase: 'the passphrase of ada' }, keyLog: browser.chain, from: '::1' });
  return { kind: 'person', persona: welcome.persona, session: welcome.session, chain: browser.chain };
}

async function bring(caller: Person, path: string): Promise<{ state: string; result: unknown; failed: { code: string } | null }> {
  const imports = importsOf(fresh.house, () => 'http://localhost');
  const job = await imports.begin(caller, { kind: 'pod' }, createReadStream(path));
  return fresh.house.jobs.ended(caller.persona, job.id);
}

test('in another house records and blobs are the same, and it may be moved in afterwards', async () => {
  const me = await rejoin('ada');
  assert.equal(me.persona, ada.persona);
  const heard: string[] = [];
  const end = fresh.house.microblog.live(fresh.people['cleo']!, ({ type }) => heard.push(type));
  const done = await bring(me, zip);
  assert.equal(done.state, 'done', JSON.stringify(done));
  end();
  assert.deepEqual(heard, []);
  assert.deepEqual(essence(fresh, ada.persona), essence(old, ada.persona));
  assert.equal(fresh.house.people.profile(me, 'ada').name, 'Ada Elsewhere');
  // A copy is not a home: it is read, not written, until its person says so.
  await assert.rejects(fresh.house.microblog.post(me, { text: 'too early', audience: 'everyone' }), (error) => error instanceof Refusal && error.code === 'pod_moved');
  const again = await bring(me, zip);
  assert.deepEqual([again.state, (again.result as { applied: number }).applied], ['done', 0]);
  const browser = { ...old.browsers['ada']!, chain: me.chain };
  const home = say(browser, browser.words, { type: 'set-home', house: fresh.house.household.persona });
  await fresh.house.gate.extendKeyLog(me, ada.persona, { statements: [home] });
  assert.equal((await fresh.house.microblog.post(me, { text: 'at home here', audience: 'everyone' })).body.text, 'at home here');
  assert.ok(essence(old, ada.persona).every((line) => essence(fresh, ada.persona).includes(line)));
  // What she joined as herself came along, paused, since what was narrowed did not.
  const joining = await fresh.house.joining(), dishes = { persona: me.persona, service: potluck.id, collection: 'dishes' }, theService = { kind: 'service', service: potluck.id, key: potluck.key } as const;
  assert.deepEqual(joining.list(me).map(({ as, version, state }) => [as, version, state]), [['self', 2, 'paused']]);
  await assert.rejects(fresh.house.gate.data.query(theService, dishes, {}), (error) => error instanceof Refusal && error.code === 'not_found');
  await joining.pause(me, me.persona, potluck.id, false);
  assert.equal((JSON.parse(await fresh.house.gate.data.query(theService, dishes, {})) as { items: unknown[] }).items.length, 2);
  // What was for the old house is for nobody here, until its person says otherwise; their profile is for this house once they say it anew.
  assert.equal((await fresh.house.microblog.byPersona(me, me.persona, { first: 50, replies: true, media: false })).includes('for the old house'), true);
  const { cleo } = fresh.people as { cleo: Person };
  assert.equal((await fresh.house.microblog.byPersona(cleo, me.persona, { first: 50, replies: true, media: false })).includes('for the old house'), false);
  assert.throws(() => fresh.house.people.profile(cleo, 'ada'), (error) => error instanceof Refusal && error.code === 'person_unknown');
  await fresh.house.people.setProfile(me, { name: 'Ada Elsewhere' });
  assert.equal(fresh.house.people.profile(cleo, 'ada').name, 'Ada Elsewhere');
  // The old house is told, turns read-only, and points on.
  await old.house.gate.extendKeyLog(ada, ada.persona, { statements: [...me.chain.slice(-2), home] });
  await assert.rejects(old.house.microblog.post(ada, { text: 'still here?', audience: 'everyone' }), (error) => error instanceof Refusal && error.code === 'pod_moved');
  assert.equal(old.house.people.profile(bob, 'ada').movedTo, fresh.house.household.persona);
});

test('what is not one\'s own, or not as it was, is not taken', async () => {
  const me = fresh.house.household.personOf(ada.persona)!;
  const caller: Person = { kind: 'person', persona: me.persona, session: '' };
  const bobs = await bring(caller, await zipped(old, bob.persona, 'bob.zip'));
  assert.equal(bobs.failed?.code, 'not_yours');
  const archive = await openArchive(zip, { spool: 'never' });
  const files = archive.entries.map((entry) => ({ name: entry.name, bytes: entry.read() }));
  const bad = join(old.folder, 'bad.zip');
  const pieces: Buffer[] = [];
  for await (const piece of zipOf(files.map((file) => (file.name !== 'records/microblog/posts.jsonl' ? file : { ...file, bytes: (async function* changed() {
    for await (const piece of file.bytes) yield Buffer.from(Buffer.from(piece).toString().replace('for the old house', 'for the new house'));
  })() })))) pieces.push(piece);
  await archive.close();
  writeFileSync(bad, Buffer.concat(pieces));
  assert.equal((await bring(caller, bad)).failed?.code, 'zip_sums');
  const verdict = await verifyPodZip(old.house.suite, bad);
  assert.deepEqual(verdict.ok ? '' : [verdict.line, verdict.code], [0, 'zip_sums']);
});

test('an archive whose lists would fill the memory is not read', async () => {
  const { entries, close } = await openArchive(zip, { spool: 'never' });
  await close();
  checkHeld({ entries });
  for (const large of ['key-log.jsonl', 'joined.jsonl', 'lanes.jsonl', entries.find(({ name }) => name.startsWith('contracts/'))!.name]) {
    const grown = entries.map(({ name, bytes }) => ({ name, bytes: name === large ? 2 ** 27 : bytes }));
    assert.throws(() => checkHeld({ entries: grown }), { code: 'export_damaged' }, large);
  }
});

test('while one is under way another is refused before its archive is sent', async () => {
  const { jobs } = fresh.house, cleo = fresh.people['cleo']!, { promise, resolve } = Promise.withResolvers<object>();
  const { id } = jobs.start('import-pod', cleo.persona, () => promise);
  let read = 0;
  const source = (async function* pieces() { read++; yield Buffer.from('PK'); })();
  await assert.rejects(importsOf(fresh.house, () => 'http://localhost').begin(cleo, { kind: 'pod' }, source), { code: 'job_running' });
  assert.equal(read, 0);
  resolve({});
  assert.equal((await jobs.ended(cleo.persona, id)).state, 'done');
});
