import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { toBase64Url, verifyExport, verifyKeyLog, type JsonObject, type Signed } from '@commonhold/core';
import { podDeviceSeed } from '../../household/podDevice.ts';
import { importsOf } from '../../past/open.ts';
import { openTrialHouse, type Person, type TrialHouse } from '../../testing/house.ts';
import { makePotluck } from '../../testing/potluck.ts';
import { saidBy, type Word } from '../../testing/said.ts';
import type { HandOver } from './hand-over.ts';
import { sayAsPseudonym, type Saying } from './recovery.ts';

const old = await openTrialHouse(['ada', 'bob']), fresh = await openTrialHouse(['ada', 'cleo']);
after(async () => { await old.close(); await fresh.close(); });
const here = { local: false }, WORDS = 'Dumplings of the old house';
const service = makePotluck(old.house.suite, 'moving');

/** The service may add, too, and reads what it added. */
const contractOf = (change: (document: JsonObject) => void = () => {}) => service.contract((document) => {
  (document['collections'] as { dishes: { allow: object[] } }).dishes.allow.push({ who: 'service', may: ['add'] }, { who: 'service', may: ['change'], rows: 'own' });
  change(document);
});
const says = ({ house, clock }: TrialHouse, persona: string, ...words: Word[]) => house.gate.data.put(theService, at(persona), saidBy(house.suite, { seed: service.seed, now: clock.ms }, at(persona), ...words));

const person = ({ people }: TrialHouse, name: string): Person => people[name]!;
const at = (persona: string, collection = 'dishes') => ({ persona, service: service.id, collection });
const titles = async ({ house }: TrialHouse, caller: Parameters<typeof house.gate.data.query>[0], persona: string): Promise<unknown[]> =>
  (JSON.parse(await house.gate.data.query(caller, at(persona), { first: 50 })) as { items: { body: { title?: unknown } }[] }).items.map(({ body }) => body.title).sort();
const OF_SERVICE = `${service.id}/AAAAAAAAAAAAAAAAAAAAAA`;
const theService = { kind: 'service', service: service.id, key: service.key } as const;

async function joined({ house, people }: TrialHouse, name: string, change?: (document: JsonObject) => void): Promise<string> {
  const joining = await house.joining(), caller = people[name]!;
  const { hash } = await joining.preview(caller, { contract: contractOf(change) }, here);
  return (await joining.join(caller, { hash })).persona;
}

/** Ada in the old house: dishes with a picture, one removed, one of Bob's in her pod; then a second version of the contract. */
async function live(): Promise<string> {
  const { house } = old, ada = person(old, 'ada'), joining = await house.joining(), persona = await joined(old, 'ada');
  await joined(old, 'bob');
  const photo = (await house.gate.blobs.receive(ada, at(persona), (async function* () { yield Buffer.from('a picture'); })())).blob;
  await house.gate.data.put(ada, at(persona), { items: [{ body: { title: WORDS, photo } }, { body: { title: 'Soup' } }] });
  await house.gate.data.remove(ada, at(persona), { where: { title: { eq: 'Soup' } } });
  await house.gate.data.put(person(old, 'bob'), at(persona), { items: [{ body: { title: 'Bread of Bob' } }] });
  await says(old, persona, { key: OF_SERVICE, body: { title: 'The service says' } });
  const { hash } = await joining.preview(ada, { contract: contractOf((document) => { document['version'] = 2; }) }, here);
  await joining.accept(ada, persona, service.id, { hash, earlier: false });
  await house.gate.data.put(ada, at(persona), { items: [{ body: { title: 'Since version 2' } }] });
  await joining.narrow(ada, persona, service.id, { rules: { 'dishes.allow[1]': { off: true } } });
  return persona;
}

const persona = await live();
const exported = (): string => [...old.house.firewall.exportOf(persona, { service: service.id, owner: person(old, 'ada').persona })!].join('');
const bring = async (caller: Person, text: string, { house } = fresh) => {
  const imports = importsOf(house, () => 'http://localhost');
  const job = await imports.begin(caller, { kind: 'pseudonym' }, Readable.from([Buffer.from(text)]));
  return house.jobs.ended(caller.persona, job.id);
};
const essence = (text: string): string[] => text.split('\n').filter((line) => /"type":"(entry|blob|close)"/.test(line)).map((line) => createHash('sha256').update(line).digest('hex')).sort();

const ada = person(old, 'ada'), adaThere = person(fresh, 'ada'), cleo = person(fresh, 'cleo');
let place: HandOver;

test('a name that nobody handed over, or not to here, is not taken', async () => {
  assert.equal((await bring(adaThere, exported())).failed?.code, 'not_handed_over');
  const joining = await old.house.joining();
  for (const [to, code] of [[{ house: old.house.household.persona, podDevice: service.key, recoveryKey: service.key }, 'bad_place'], [{ house: fresh.house.household.persona, podDevice: service.key, recoveryKey: service.key }, 'bad_place'], [{ house: fresh.house.household.persona, podDevice: 'A'.repeat(43), recoveryKey: service.key }, 'bad_place']] as const)
    await assert.rejects(joining.handOver(ada, persona, service.id, to), { code });
  await assert.rejects(joining.handOver(person(old, 'bob'), persona, service.id, (await fresh.house.joining()).place(adaThere)), { code: 'service_unknown' });
  // Nothing was half done.
  await old.house.gate.data.put(ada, at(persona), { items: [{ body: { title: 'Still here' } }] });
});

test('handed over, it is written there no more, and says in its own key log where it lives; nothing in it says whose it is', async () => {
  place = (await fresh.house.joining()).place(adaThere);
  const joining = await old.house.joining();
  // What is written in the very moment is signed while that counts.
  const late = old.house.gate.data.put(ada, at(persona), { items: [{ body: { title: 'In the last moment' } }] });
  assert.equal((await joining.handOver(ada, persona, service.id, place)).state, 'moved');
  await late;
  await assert.rejects(old.house.gate.data.put(ada, at(persona), { items: [{ body: { title: 'Too late' } }] }), { code: 'pod_moved' });
  await assert.rejects(joining.handOver(ada, persona, service.id, place), { code: 'pod_moved' });
  await assert.rejects(joining.narrow(ada, persona, service.id, { rules: {} }), { code: 'pod_moved' });
  const keyLog = verifyKeyLog(old.house.suite, old.house.identity.known(persona));
  assert.ok(keyLog.ok);
  assert.equal(keyLog.value.home, fresh.house.household.persona);
  assert.deepEqual([...keyLog.value.devices].filter(([, { revokedAt }]) => revokedAt === undefined).map(([key]) => key), [place.podDevice]);
  const said = exported().split('\n').filter((line) => !line.includes('"type":"access"')).join('\n');
  for (const one of [ada.persona, adaThere.persona, old.house.household.personOf(ada.persona)!.device, old.browsers['ada']!.words.key]) assert.equal(said.includes(one), false);
  const verdict = await verifyExport(old.house.suite, said.split(/(?<=\n)/).map((line) => Buffer.from(line)).concat([]));
  assert.equal(verdict.ok ? '' : verdict.code, 'end_lines');
});

test('in the other house it is who it was, with everything, paused until its person looks at it', async () => {
  const text = exported();
  assert.equal((await bring(cleo, text)).failed?.code, 'not_handed_over', 'somebody else\'s place');
  assert.equal((await bring(adaThere, text.replace(WORDS, WORDS.toUpperCase()))).failed?.code, 'export_damaged');
  const job = await bring(adaThere, text);
  assert.equal(job.state, 'done', JSON.stringify(job));
  const joining = await fresh.house.joining(), { house } = fresh;
  assert.deepEqual(joining.list(adaThere).map((one) => [one.persona, one.state, one.as, one.version]), [[persona, 'paused', 'pseudonym', 2]]);
  assert.deepEqual(await titles(fresh, adaThere, persona), ['Bread of Bob', WORDS, 'In the last moment', 'Since version 2', 'Still here', 'The service says']);
  await assert.rejects(house.gate.data.query(theService, at(persona), {}), { code: 'not_found' });
  await joining.pause(adaThere, persona, service.id, false);
  // What came before the second version was accepted is bound by both, wherever it was made.
  assert.equal((JSON.parse(await house.gate.data.query(theService, at(persona), { first: 50 })) as { items: unknown[] }).items.length, 6);
  await house.gate.data.put(adaThere, at(persona), { items: [{ body: { title: 'At home here' } }] });
  const there = [...house.firewall.exportOf(persona, { service: service.id, owner: adaThere.persona })!].join('');
  assert.ok(essence(text).every((line) => essence(there).includes(line)), 'records, files and closes are the same');
  const verdict = await verifyExport(house.suite, there.split(/(?<=\n)/).map((line) => Buffer.from(line)));
  assert.ok(verdict.ok, JSON.stringify(verdict));
  assert.equal((await bring(adaThere, text)).state, 'done', 'nothing comes twice');
  assert.equal((await titles(fresh, adaThere, persona)).length, 7);
  await says(fresh, persona, { key: OF_SERVICE, body: { title: 'The service says more' } });
  assert.equal((JSON.parse(house.gate.get(adaThere, persona, service.id, 'dishes', OF_SERVICE)!) as { author: string }).author, service.id);
});

test('the keys are the new house\'s: it says when the name ends, and the old one cannot; what is left there can be erased', async () => {
  const leave = async ({ house }: TrialHouse, caller: Person): Promise<string[]> => {
    const joining = await house.joining();
    assert.equal((await house.jobs.ended(caller.persona, joining.leave(caller, persona, service.id).id)).state, 'done');
    return (joining.lastWords(persona) as Signed[]).map(({ statement: { type } }) => type);
  };
  assert.equal((await leave(old, ada)).at(-1), 'rotate-recovery');
  assert.equal((await leave(fresh, adaThere)).at(-1), 'retire');
  assert.equal(fresh.house.household.places.find(adaThere.persona, place.podDevice), null);
  assert.equal(toBase64Url(Buffer.from(place.podDevice, 'base64url')), place.podDevice);
});

test('a name moves on, and back where a copy of it lies, and somebody who has joined already does not become two', async () => {
  const mine = await joined(old, 'ada'), joining = await old.house.joining(), there = await fresh.house.joining();
  await old.house.gate.data.put(ada, at(mine), { items: [{ body: { title: 'One' } }] });
  const other = await joined(fresh, 'cleo');
  await joining.handOver(ada, mine, service.id, there.place(cleo));
  const text = [...old.house.firewall.exportOf(mine, { service: service.id, owner: ada.persona })!].join('');
  assert.equal((await bring(cleo, text)).failed?.code, 'already_joined');
  assert.equal((await fresh.house.jobs.ended(cleo.persona, there.leave(cleo, other, service.id).id)).state, 'done');
  assert.equal((await bring(cleo, text)).state, 'done');
  await there.pause(cleo, mine, service.id, false);
  await fresh.house.gate.data.put(cleo, at(mine), { items: [{ body: { title: 'Two' } }] });
  // And back, where a copy of it lies still.
  await there.handOver(cleo, mine, service.id, joining.place(ada));
  const again = [...fresh.house.firewall.exportOf(mine, { service: service.id, owner: cleo.persona })!].join('');
  assert.equal((await bring(person(old, 'bob'), again, old)).failed?.code, 'not_yours');
  assert.equal((await bring(ada, again, old)).failed?.code, 'left_here');
  assert.equal((await old.house.jobs.ended(ada.persona, joining.leave(ada, mine, service.id).id)).state, 'done');
  assert.equal((await bring(ada, again, old)).state, 'done');
  await old.house.gate.data.put(ada, at(mine), { items: [{ body: { title: 'Three' } }] });
  assert.deepEqual(await titles(old, ada, mine), ['One', 'Three', 'Two']);
  const verdict = await verifyExport(old.house.suite, [...old.house.firewall.exportOf(mine, { service: service.id, owner: ada.persona })!].map((line) => Buffer.from(line)));
  assert.ok(verdict.ok, JSON.stringify(verdict));
});

test('a house that keeps a key of what it hands over is not believed', async () => {
  const { pseudonyms } = old.house.household, { suite } = old.house, there = await fresh.house.joining();
  await fresh.house.jobs.ended(cleo.persona, there.leave(cleo, there.list(cleo)[0]!.persona, service.id).id);
  // With either it could take the name back, or end it: the recovery key as it was, or one more device.
  const kept: ((place: HandOver) => Saying[])[] = [() => [], ({ recoveryKey }) => [{ type: 'add-device', device: service.key, capabilities: ['manage', 'write'] }, { type: 'rotate-recovery', recoveryKey }]];
  for (const [n, who] of [person(old, 'bob'), ada].entries()) {
    const mine = pseudonyms.of(who.persona, service.id)!, to = there.place(cleo), log = verifyKeyLog(suite, old.house.identity.known(mine));
    assert.ok(log.ok);
    const active = [...log.value.devices].filter(([, { revokedAt }]) => revokedAt === undefined);
    const said = sayAsPseudonym(suite, log.value, podDeviceSeed(old.house.secrets.house, pseudonyms.saltOf(mine)!), [
      { type: 'add-device', device: to.podDevice, capabilities: ['write'] }, ...active.map(([device]): Saying => ({ type: 'revoke-device', device })), { type: 'set-home', house: to.house }, ...kept[n]!(to)])!;
    await old.house.firewall.identity.extend(mine, { statements: said });
    assert.equal((await bring(cleo, [...old.house.firewall.exportOf(mine, { service: service.id, owner: who.persona })!].join(''))).failed?.code, 'not_handed_over');
  }
});
