import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { verifyKeyLog } from '@commonhold/core';
import { openSqlite } from '../../sqlite/port.ts';
import { openTrialHouse, type TrialHouse } from '../../testing/house.ts';
import { makePotluck, type TrialService } from '../../testing/potluck.ts';
import { saidBy } from '../../testing/said.ts';
import type { Place } from './change.ts';

const here = { local: false };
const WORDS = 'Ratatouille with a secret';

/** Where any of these texts or bytes stand in the files of a folder. */
function found(folder: string, sought: Record<string, Uint8Array>): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((path) => statSync(path).isFile())
    .flatMap((path) => { const bytes = readFileSync(path); return Object.entries(sought).filter(([, one]) => bytes.includes(Buffer.from(one))).map(([what]) => `${what} in ${path.slice(folder.length + 1)}`); });
}

const bytes = (text: string): Uint8Array => Buffer.from(text);
const raw = (text: string): Uint8Array => Buffer.from(text, 'base64url');

/** The service may add, too. */
const contractOf = (service: TrialService) => service.contract((document) => { (document['collections'] as { dishes: { allow: object[] } }).dishes.allow.push({ who: 'service', may: ['add'] }); });

async function joinAndFill(trial: TrialHouse, as: 'pseudonym' | 'self', many: number) {
  const { house } = trial, ada = trial.people['ada']!, bob = trial.people['bob']!;
  const service = makePotluck(house.suite), joining = await house.joining();
  const { hash } = await joining.preview(ada, { contract: contractOf(service) }, here);
  const mine = await joining.join(ada, { hash, as });
  await joining.join(bob, { hash });
  const at = (collection: string) => ({ persona: mine.persona, service: service.id, collection });
  const photo = (await house.gate.blobs.receive(ada, at('dishes'), (async function* () { yield bytes(`${WORDS}, painted`); })())).blob;
  for (let n = 0; n < many; n += 100) await house.gate.data.put(ada, at('dishes'), { items: Array.from({ length: 100 }, (_, i) => ({ body: { title: `${WORDS} ${n + i}`, photo } })) }, `once-${n}-${'k'.repeat(20)}`);
  await house.gate.data.put(ada, at('profile'), { items: [{ body: { name: WORDS } }] });
  await house.gate.data.put(ada, at('notes'), { items: [{ body: { name: WORDS } }] });
  await house.gate.data.put(ada, at('friends'), { items: [{ body: { persona: bob.persona, relation: 'friend', note: WORDS } }] });
  await house.gate.data.put(bob, at('dishes'), { items: [{ body: { title: `${WORDS} of Bob` } }] });
  const maker = { kind: 'service', service: service.id, key: service.key } as const;
  await house.gate.data.put(maker, at('dishes'), saidBy(house.suite, { seed: service.seed, now: trial.clock.ms }, at('dishes'), { body: { title: `${WORDS} of the service` } }), `said-${'k'.repeat(20)}`);
  await joining.narrow(ada, mine.persona, service.id, { rules: { 'dishes.allow[1]': { fields: ['title'] } } });
  await house.gate.data.query(maker, at('dishes'), { first: 5 });
  const { statement } = joining.get(ada, mine.persona, service.id).statement as unknown as { statement: { device: string } };
  const pod = house.firewall.gate.lanesOf({ kind: 'owner', persona: mine.persona }, mine.persona, statement.device);
  const lanes = pod.filter((lane) => lane.service === service.id).map(({ lane }) => lane);
  const sought: Record<string, Uint8Array> = {
    words: bytes(WORDS), service: bytes(service.id), key: bytes(service.key), hash: bytes(hash), title: bytes('The makers of Potluck'), photo: bytes(photo), once: bytes('k'.repeat(20)),
    ...Object.fromEntries(lanes.flatMap((lane, i) => [[`lane ${i}`, bytes(lane)], [`raw lane ${i}`, raw(lane)]])),
    ...(as === 'pseudonym' ? { pseudonym: bytes(mine.persona), device: bytes(statement.device), salt: house.household.pseudonyms.saltOf(mine.persona)! } : {}),
  };
  const place: Place = { owner: ada.persona, persona: mine.persona, service: service.id };
  return { ada, bob, service, joining, mine, hash, sought, place };
}

/** The other one leaves, too: what they kept is theirs until then. */
async function leave(trial: TrialHouse, who: 'ada' | 'bob'): Promise<void> {
  const joining = await trial.house.joining(), caller = trial.people[who]!;
  const { persona, service } = joining.list(caller)[0]!;
  assert.equal((await trial.house.jobs.ended(caller.persona, joining.leave(caller, persona, service).id)).state, 'done');
}

/** What an earlier process left is done. */
async function over({ house: { household: { pseudonyms }, jobs } }: TrialHouse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => { if (pseudonyms.departures.all().length + pseudonyms.unsettled().length === 0) resolve(); };
  const silence = jobs.listen(look);
  const polled = setInterval(look, 20);
  await promise;
  silence();
  clearInterval(polled);
}

for (const as of ['pseudonym', 'self'] as const) {
  test(`left as ${as}: no word, key or id of it is in the bytes of the data folder, but that the pseudonym has ended; then joined again`, async (t: TestContext) => {
    const trial = await openTrialHouse(['ada', 'bob']);
    t.after(() => trial.close());
    const { ada, joining, mine, hash, sought, place, service } = await joinAndFill(trial, as, 1200);
    assert.ok(new Set(found(trial.folder, sought).map((line) => line.split(' in ')[0])).size >= 8, 'it was there');
    await leave(trial, 'bob');
    await leave(trial, 'ada');
    assert.deepEqual(joining.list(ada), []);
    assert.throws(() => joining.get(ada, mine.persona, place.service), { code: 'service_unknown' });
    const words = joining.lastWords(mine.persona);
    const ended = words && verifyKeyLog(trial.house.suite, words);
    assert.equal(ended?.ok === true && ended.value.retired, as === 'pseudonym');
    const { pseudonym: _, device: _device, ...rest } = sought;
    assert.deepEqual(found(trial.folder, rest), []);
    // That a pseudonym has ended is what remains; it says nothing of whose it was, nor of the service.
    const house = openSqlite(join(trial.folder, 'house.db'), { durability: 'full' });
    house.exec('PRAGMA secure_delete=ON; DELETE FROM ended; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
    house.close();
    assert.deepEqual(found(trial.folder, sought), []);
    await trial.shut();
    assert.deepEqual(found(trial.folder, sought), []);
    await trial.open();
    const again = await trial.house.joining();
    await again.preview(ada, { contract: contractOf(service) }, here);
    const anew = await again.join(ada, { hash, as });
    assert.equal(anew.persona === mine.persona, as === 'self');
    assert.equal(trial.house.gate.get(ada, anew.persona, service.id, 'profile', 'self'), null);
    assert.equal((await trial.house.microblog.post(ada, { text: 'Still here', audience: 'house' }) as { body: { text: string } }).body.text, 'Still here');
  });
}

test('whoever was stopped on the way out is let out when the house opens; what was begun and never joined goes, too', async (t) => {
  const trial = await openTrialHouse(['ada', 'bob']);
  t.after(() => trial.close());
  const { ada, sought, place, service } = await joinAndFill(trial, 'pseudonym', 100);
  await leave(trial, 'bob');
  const { pseudonyms } = trial.house.household;
  pseudonyms.departures.begin(place);
  assert.equal((await trial.house.joining()).list(ada)[0]!.state, 'leaving');
  pseudonyms.reserve({ persona: `c${'b'.repeat(52)}`, owner: trial.people['bob']!.persona, service: service.id, salt: new Uint8Array(16) });
  await trial.shut();
  await trial.open();
  await over(trial);
  await trial.shut();
  const { pseudonym: _, device: _device, ...rest } = sought;
  assert.deepEqual(found(trial.folder, rest), []);
  await trial.open();
  assert.deepEqual([(await trial.house.joining()).list(ada), trial.house.household.pseudonyms.departures.all(), trial.house.household.pseudonyms.unsettled()], [[], [], []]);
});
