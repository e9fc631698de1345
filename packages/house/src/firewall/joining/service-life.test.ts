import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { linesOf, signContract, signRotation, toBase64Url, utf8, verifyExport, type JsonObject } from '@commonhold/core';
import { openTrialHouse } from '../../testing/house.ts';
import { makePotluck } from '../../testing/potluck.ts';
import { saidBy, type Word } from '../../testing/said.ts';
import { verifyFolder } from '../../verify/folder.ts';
import type { Caller } from '../caller.ts';

const here = { local: false };
const nothing = { code: 'not_found' };

/** What a service wrote, through the life of its contract: who joined, narrowed, paused, accepted and left. */
async function open(t: TestContext) {
  const trial = await openTrialHouse(['ada', 'bob']);
  t.after(() => trial.close());
  const { suite } = trial.house, ada = trial.people['ada']!, bob = trial.people['bob']!;
  const service = makePotluck(suite);
  const contract = (change: (document: JsonObject) => void = () => {}) => service.contract((document) => {
    (document['collections'] as { dishes: { allow: object[] } }).dishes.allow.push({ who: 'service', may: ['add'], because: 'to set the day' }, { who: 'service', may: ['change', 'remove', 'read'], rows: 'own' });
    change(document);
  });
  const joining = await trial.house.joining();
  const { hash } = await joining.preview(ada, { contract: contract() }, here);
  const { persona } = await joining.join(ada, { hash });
  const place = { persona, service: service.id, collection: 'dishes' };
  const maker = (seed = service.seed): Caller => ({ kind: 'service', service: service.id, key: toBase64Url(suite.publicKey(seed)) });
  const put = (word: Word, seed = service.seed) => trial.house.gate.data.put(maker(seed), place, saidBy(suite, { seed, now: trial.clock.ms }, place, word));
  const held = async (caller: Caller = ada): Promise<{ author: string; body: { title: string } }[]> => (JSON.parse(await trial.house.gate.data.query(caller, place, { order: ['$at'] })) as { items: [] }).items;
  const damages = async (): Promise<unknown[]> => {
    await trial.shut();
    const found: unknown[] = [];
    verifyFolder(suite, trial.folder, { tell: (damage) => { found.push(damage); }, progress: () => {} });
    await trial.open();
    return found;
  };
  const exported = async () => verifyExport(suite, linesOf([utf8([...trial.house.firewall.exportOf(persona)!].join(''))]));
  return { trial, suite, service, contract, joining, ada, bob, hash, persona, place, maker, put, held, damages, exported };
}

test('whoever narrows, pauses or leaves has the last word on what a service writes, from the very next request on', async (t) => {
  const { trial, joining, ada, bob, hash, persona, place, service, put, held, damages } = await open(t);
  await put({ body: { title: 'Friday it is' } });
  const at = [ada, persona, service.id] as const;
  await joining.narrow(...at, { rules: { 'dishes.allow[4]': { off: true } } });
  await assert.rejects(put({ body: { title: 'no' } }), nothing);
  await joining.narrow(...at, { rules: {} });
  await put({ body: { title: 'again' } });
  await joining.pause(...at, true, trial.clock.ms + 5000);
  await assert.rejects(put({ body: { title: 'no' } }), nothing);
  trial.clock.ms += 5000;
  await put({ body: { title: 'the pause is over' } });
  assert.deepEqual((await held()).map(({ author, body }) => [author, body.title]), ['Friday it is', 'again', 'the pause is over'].map((title) => [service.id, title]));
  // Members are handed it as whatever else is meant for them, under the name of the service.
  await joining.join(bob, { hash });
  assert.deepEqual((await held(bob)).map(({ author }) => author), [service.id, service.id, service.id]);
  const refused = trial.house.firewall.log.days(ada.persona, null, 1).days.flatMap(({ lines }) => lines).filter(({ refused: no }) => no).map(({ caller, verb, rule }) => [caller, verb, rule]);
  assert.deepEqual(refused.sort(), [['add', 'narrowed'], ['add', 'paused']].map(([verb, rule]) => [`service:${service.id}`, verb, rule]));
  const later = await trial.house.joining();
  assert.equal((await trial.house.jobs.ended(ada.persona, later.leave(ada, persona, service.id).id)).state, 'done');
  await assert.rejects(put({ body: { title: 'no' } }), nothing);
  await assert.rejects(trial.house.gate.data.remove(ada, place, { where: { title: { eq: 'again' } } }), nothing);
  assert.deepEqual(await damages(), []);
});

test('by another key than that of the version in force nothing is written; what each key said of its time stays good, in the pod and in an export', async (t) => {
  const { trial, suite, service, contract, ada, persona, put, held, damages, exported } = await open(t);
  const joining = await trial.house.joining();
  const { items: [first] } = await put({ body: { title: 'by the first key' } });
  const second = suite.random(32), keyOf = (seed: Uint8Array): string => toBase64Url(suite.publicKey(seed));
  const rotation = signRotation(suite, { service: service.id, from: service.key, to: keyOf(second), at: '0'.repeat(16) }, service.seed);
  const two = signContract(suite, contract((document) => { document['version'] = 2; (document['service'] as JsonObject)['key'] = keyOf(second); }), second, '0'.repeat(16));
  const { hash } = await joining.preview(ada, { contract: { contract: two, rotations: [rotation] } }, here);
  await assert.rejects(put({ body: { title: 'too early' } }, second), nothing);
  await joining.accept(ada, persona, service.id, { hash, earlier: true });
  await assert.rejects(put({ body: { title: 'too late' } }), nothing);
  await put({ body: { title: 'by the second key' } }, second);
  assert.deepEqual((await held()).map(({ author, body }) => [author, body.title]), [[service.id, 'by the first key'], [service.id, 'by the second key']]);
  const verdict = await exported();
  assert.ok(verdict.ok, JSON.stringify(verdict));
  assert.deepEqual([verdict.value.authors, verdict.value.records.get(`${service.id}.dishes`)], [1, 2]);
  assert.deepEqual(await damages(), []);
  // It may take back what it said by the key of then: the record is the same author's.
  await put({ key: first!.key, body: { title: 'changed by the second' } }, second);
  assert.deepEqual((await held()).map(({ body }) => body.title).sort(), ['by the second key', 'changed by the second']);
  assert.ok((await exported()).ok);
});
