import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { signContract, signRotation, toBase64Url, type JsonObject } from '@commonhold/core';
import { openTrialHouse } from '../../testing/house.ts';
import { makePotluck } from '../../testing/potluck.ts';
import type { Caller } from '../caller.ts';

const here = { local: false };

/** Ada and Bob in Potluck, each under a pseudonym; what Bob and the service read of Ada's dishes. */
async function open(t: TestContext) {
  const trial = await openTrialHouse(['ada', 'bob']);
  t.after(() => trial.close());
  const { house, people: { ada, bob } } = { house: trial.house, people: trial.people as { ada: NonNullable<typeof trial.people[string]>; bob: NonNullable<typeof trial.people[string]> } };
  const service = makePotluck(house.suite), joining = await house.joining();
  const { hash } = await joining.preview(ada, { contract: service.contract() }, here);
  const mine = await joining.join(ada, { hash });
  await joining.join(bob, { hash });
  const dishes = { persona: mine.persona, service: service.id, collection: 'dishes' };
  const read = async (caller: Caller) => {
    try { return (JSON.parse(await house.gate.data.query(caller, dishes, { order: ['$at'] })) as { items: { body: object }[] }).items.map(({ body }) => body); } catch (error) { return (error as { code: string }).code; }
  };
  const put = async (title: string) => { trial.clock.ms += 5; await house.gate.data.put(ada, dishes, { items: [{ body: { title, date: 'Friday', diet: 'vegan' } }] }); };
  const asService: Caller = { kind: 'service', service: service.id, key: service.key };
  const next = async (change: (document: JsonObject) => void) => (await joining.preview(ada, { contract: service.contract(change) }, here)).hash;
  return { trial, house, joining, ada, bob, mine, at: [mine.persona, service.id] as const, dishes, read, put, asService, next, service };
}

const rules = (document: JsonObject): JsonObject[] => ((document['collections'] as { dishes: { allow: JsonObject[] } }).dishes.allow);

test('what is narrowed is gone from the very next read, and comes back; paused, nobody but oneself reads; open watches end', async (t) => {
  const { house, joining, ada, bob, at, dishes, read, put, asService } = await open(t);
  await put('Soup');
  assert.deepEqual([await read(bob), await read(asService)], [[{ title: 'Soup', date: 'Friday' }], [{ date: 'Friday' }]]);
  const ended = new Promise<void>((resolve) => { house.gate.data.watch(bob, { ...dishes, collections: ['dishes'] }, { hear: () => true, end: resolve }); });
  await joining.narrow(ada, ...at, { rules: { 'dishes.allow[1]': { fields: ['title'] }, 'dishes.allow[3]': { off: true } } });
  assert.deepEqual([await read(bob), await read(asService)], [[{ title: 'Soup' }], 'not_found']);
  await assert.rejects(joining.narrow(ada, ...at, { rules: { 'dishes.allow[9]': { off: true } } }), { code: 'bad_narrowing' });
  await assert.rejects(joining.narrow(bob, ...at, { rules: {} }), { code: 'service_unknown' });
  assert.equal((await joining.pause(ada, ...at, true)).state, 'paused');
  await ended;
  assert.deepEqual([await read(bob), (await read(ada)).length], ['not_found', 1]);
  const { state, narrowing } = await joining.pause(ada, ...at, false);
  assert.deepEqual([state, Object.keys(narrowing.rules).length], ['active', 2]);
  await joining.narrow(ada, ...at, { rules: {} });
  assert.deepEqual(await read(bob), [{ title: 'Soup', date: 'Friday' }]);
});

test('a pause with an end is over then, to the millisecond, also when rules were changed meanwhile', async (t) => {
  const { trial, joining, ada, bob, at, read, put } = await open(t);
  await put('Soup');
  const until = trial.clock.ms + 3_600_000;
  await assert.rejects(joining.pause(ada, ...at, true, trial.clock.ms), { code: 'bad_until' });
  assert.deepEqual((({ state, pausedUntil }) => [state, pausedUntil])(await joining.pause(ada, ...at, true, until)), ['paused', until]);
  await joining.narrow(ada, ...at, { rules: {} });
  trial.clock.ms = until - 1;
  assert.deepEqual([await read(bob), (await joining.list(ada))[0]!.state], ['not_found', 'paused']);
  trial.clock.ms = until;
  assert.deepEqual([(await read(bob)).length, joining.list(ada)[0]!.state, joining.list(ada)[0]!.pausedUntil], [1, 'active', null]);
  // The next one knows nothing of it.
  await joining.pause(ada, ...at, true);
  trial.clock.ms += 9e9;
  assert.equal(await read(bob), 'not_found');
});

test('a wider version is accepted by its owner alone; it holds for what is made from then on, unless they say earlier', async (t) => {
  const { trial, joining, ada, at, read, put, asService, bob, next } = await open(t);
  await put('Soup');
  await joining.narrow(ada, ...at, { rules: { 'dishes.allow[1]': { audiences: ['members'] } } });
  const two = await next((document) => { document['version'] = 2; rules(document)[3]!['fields'] = ['date', 'diet']; rules(document).unshift({ who: 'owner', may: ['search'] }); });
  const seen = await joining.upgrade(ada, ...at, here);
  assert.deepEqual([seen.to?.hash, seen.to?.wider, seen.stay], [two, true, false]);
  assert.deepEqual((await joining.list(ada))[0]!.offered, { hash: two, version: 2 });
  assert.equal((await joining.stay(ada, ...at, two)).offered, null);
  assert.equal((await joining.upgrade(ada, ...at, here)).stay, true);
  assert.deepEqual(await read(asService), [{ date: 'Friday' }]);
  const now = await joining.accept(ada, ...at, { hash: two, earlier: false });
  // The narrowing went along to where its rule stands now.
  assert.deepEqual([now.version, Object.keys(now.narrowing.rules)], [2, ['dishes.allow[2]']]);
  await put('Bread');
  const bound = [{ date: 'Friday' }, { date: 'Friday', diet: 'vegan' }];
  assert.deepEqual(await read(asService), bound);
  assert.deepEqual((await read(bob)).length, 2);
  // A third one that gives nobody more does not give what was refused to the second.
  const three = await next((document) => { document['version'] = 3; rules(document)[3]!['fields'] = ['date', 'diet']; rules(document).unshift({ who: 'owner', may: ['search'] }); rules(document).splice(3, 1); });
  assert.equal((await joining.upgrade(ada, ...at, here)).to?.wider, false);
  await joining.accept(ada, ...at, { hash: three, earlier: false });
  assert.deepEqual(await read(asService), bound);
  await trial.shut();
  await trial.open();
  const later = await trial.house.joining();
  assert.deepEqual(later.get(ada, ...at).history.map(({ version, earlier }) => [version, earlier]), [[1, true], [2, false], [3, true]]);
  const again = JSON.parse(await trial.house.gate.data.query(asService, { persona: at[0], service: at[1], collection: 'dishes' }, { order: ['$at'] })) as { items: { body: object }[] };
  assert.deepEqual(again.items.map(({ body }) => body), bound);
});

test('earlier ones too, where that was ticked; a version that is narrower, or as wide, holds for all at once', async (t) => {
  const { joining, ada, at, read, put, asService, next } = await open(t);
  await put('Soup');
  const two = await next((document) => { document['version'] = 2; rules(document)[3]!['fields'] = ['date', 'diet']; });
  await joining.accept(ada, ...at, { hash: two, earlier: true });
  assert.deepEqual(await read(asService), [{ date: 'Friday', diet: 'vegan' }]);
  const three = await next((document) => { document['version'] = 3; rules(document)[3]!['fields'] = ['diet']; });
  assert.equal((await joining.upgrade(ada, ...at, here)).to?.wider, false);
  await joining.accept(ada, ...at, { hash: three, earlier: false });
  assert.deepEqual(await read(asService), [{ diet: 'vegan' }]);
  await assert.rejects(joining.accept(ada, ...at, { hash: two, earlier: false }), { code: 'not_later' });
  const retyped = await next((document) => { document['version'] = 4; ((document['data'] as { $defs: { dish: { required: string[] } } }).$defs.dish.required).push('date'); });
  await assert.rejects(joining.accept(ada, ...at, { hash: retyped, earlier: false }), { code: 'not_add_only' });
});

test('a new key comes with the word of the old one, is asked for like anything wider, and whoever has seen it believes no other', async (t) => {
  const { trial, house, joining, ada, bob, at, read, put, asService, service } = await open(t), { suite } = house;
  await put('Soup');
  const [second, third] = [suite.random(32), suite.random(32)], keyOf = (seed: Uint8Array): string => toBase64Url(suite.publicKey(seed));
  const rotation = (from: Uint8Array, to: Uint8Array) => signRotation(suite, { service: service.id, from: keyOf(from), to: keyOf(to), at: '0'.repeat(16) }, from);
  const by = (seed: Uint8Array, version: number) => signContract(suite, service.contract((document) => { document['version'] = version; (document['service'] as JsonObject)['key'] = keyOf(seed); }), seed, '0'.repeat(16));
  const look = async (contract: unknown) => { const { hash, blocks, joined } = await joining.preview(ada, { contract }, here); return { hash, blocks: blocks.map(({ code }) => code), wider: joined?.wider }; };

  const bare = await look(by(second, 2));
  assert.deepEqual(bare.blocks, ['bad_id'], 'a key of its own, and no word of the one before');
  assert.deepEqual((await look({ contract: by(second, 2), rotations: [rotation(third, second)] })).blocks, ['bad_id']);
  const next = await look({ contract: by(second, 2), rotations: [rotation(service.seed, second)] });
  assert.deepEqual([next.blocks, next.wider], [[], true]);
  const asNew: Caller = { kind: 'service', service: service.id, key: keyOf(second) };
  assert.deepEqual([await read(asService), await read(asNew)], [[{ date: 'Friday' }], 'not_found'], 'nothing has changed yet');
  assert.equal((await joining.upgrade(ada, ...at, here)).to?.hash, next.hash);
  await joining.accept(ada, ...at, { hash: next.hash, earlier: true });
  assert.deepEqual([await read(asService), await read(asNew)], ['not_found', [{ date: 'Friday' }]]);
  assert.deepEqual([house.signers.isService(asService.key, ...at), house.signers.isService(keyOf(second), ...at)], [true, true], 'Bob is bound to the first still');

  // By a thief who has the first key.
  for (const stolen of [service.contract((document) => { document['version'] = 9; }), { contract: by(third, 9), rotations: [rotation(service.seed, third)] }]) {
    const seen = await look(stolen);
    assert.deepEqual(seen.blocks, ['key_changed']);
    assert.deepEqual([(await joining.upgrade(ada, ...at, here)).to, joining.list(ada)[0]!.offered], [null, null]);
    await assert.rejects(joining.accept(ada, ...at, { hash: seen.hash, earlier: false }), { code: 'contract_blocked', field: 'key_changed' });
  }
  const last = { contract: by(third, 3), rotations: [rotation(service.seed, second), rotation(second, third)] };
  const onward = await look(last);
  assert.deepEqual((await joining.accept(ada, ...at, { hash: onward.hash, earlier: false })).version, 3);
  // Whoever stays is read by the old key, also in a house that was opened anew.
  await trial.shut();
  await trial.open();
  const again = await trial.house.joining(), { persona, version } = again.list(bob)[0]!, isOld = () => trial.house.signers.isService(service.key, persona, service.id);
  assert.deepEqual([version, isOld()], [1, true]);
  await again.preview(bob, { contract: last }, here);
  await again.accept(bob, persona, service.id, { hash: onward.hash, earlier: false });
  assert.equal(isOld(), false, 'nobody is bound to it any more');
});
