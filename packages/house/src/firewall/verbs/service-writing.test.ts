import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { makeServiceOffer, toBase64Url, type JsonObject } from '@commonhold/core';
import { openTrialHouse } from '../../testing/house.ts';
import { makePotluck } from '../../testing/potluck.ts';
import { saidBy, type Word } from '../../testing/said.ts';
import type { Caller } from '../caller.ts';

type Rule = { who: unknown; may: string[]; fields?: string[]; rows?: string; because?: string };
const here = { local: false };
const nothing = { code: 'not_found', kind: 'not_found' };
const KEYS = ['AAAAAAAAAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAAAAAAAAQ'];

/** A house in which people joined Potluck as themselves, under rules of a test's own for its dishes and its profile. */
async function open(t: TestContext, rules: { dishes?: Rule[]; profile?: Rule[] }, ...names: string[]) {
  const trial = await openTrialHouse(['ada', ...names]);
  t.after(() => trial.close());
  const { suite } = trial.house;
  const service = makePotluck(suite);
  const contract = (change: (document: JsonObject) => void = () => {}) => service.contract((document) => {
    for (const [name, more] of Object.entries(rules)) {
      const collection = (document['collections'] as { [name: string]: { allow: Rule[] } })[name]!;
      collection.allow = [...collection.allow.filter(({ who }) => who !== 'service'), ...more];
    }
    change(document);
  });
  const joining = await trial.house.joining();
  const { hash, unhonoured } = await joining.preview(trial.people['ada']!, { contract: contract() }, here);
  assert.deepEqual(unhonoured, []);
  for (const person of Object.values(trial.people)) await joining.join(person, { hash, as: 'self' });
  const ada = trial.people['ada']!;
  const maker: Caller = { kind: 'service', service: service.id, key: service.key };
  const at = (collection = 'dishes', of: { persona: string } = ada) => ({ persona: of.persona, service: service.id, collection });
  const data = () => trial.house.gate.data;
  const said = (place: ReturnType<typeof at>, ...words: Word[]) => saidBy(suite, { seed: service.seed, now: trial.clock.ms }, place, ...words);
  const held = async (collection = 'dishes', caller: Caller = ada): Promise<{ key: string; author: string; audience: string; version?: string; body: { [field: string]: string } }[]> =>
    (JSON.parse(await data().query(caller, at(collection), {})) as { items: [] }).items;
  const put = (words: Word[], place = at(), once?: string) => data().put(maker, place, said(place, ...words), once);
  const log = () => trial.house.firewall.log.days(ada.persona, null, 1).days.flatMap(({ lines }) => lines).filter(({ caller }) => caller === `service:${service.id}`).map(({ collection, verb, rule, n }) => `${collection} ${verb} ${rule ?? ''} ${n}`).sort();
  return { trial, suite, service, contract, joining, hash, ada, maker, at, data, said, held, put, log };
}

const READS: Rule = { who: 'service', may: ['read'], because: 'to see the plan' };

test('a service adds, changes and removes what is its own, signed with its key; it is the author, and its owner reads of it', async (t) => {
  const { ada, service, held, put, data, maker, at, said, log } = await open(t, { dishes: [READS, { who: 'service', may: ['add'] }, { who: 'service', may: ['change', 'remove'], rows: 'own' }] });
  const { items: [made] } = await put([{ body: { title: 'Soup', date: 'Friday' } }]);
  assert.ok(made!.key.startsWith(`${service.id}/`) && made!.version);
  assert.deepEqual((await held()).map(({ author, audience, body }) => [author, audience, body]), [[service.id, 'members', { title: 'Soup', date: 'Friday' }]]);
  await put([{ key: made!.key, body: { title: 'Stew' } }]);
  assert.deepEqual((await held()).map(({ body }) => body), [{ title: 'Stew' }]);
  await assert.rejects(put([{ key: made!.key, body: { title: 'x' }, ifVersion: made!.version! }]), { code: 'version_conflict', field: '/items/0/ifVersion' });
  const [dish] = (await data().put(ada, at(), { items: [{ body: { title: 'Ada’s' } }] })).items;
  const both = [{ key: dish!.key, body: { title: 'mine now' } }, { key: made!.key, body: { title: 'Stew, hot' } }];
  assert.deepEqual(await data().patch(maker, at(), said(at(), ...both)), { count: 1 }, 'what its owner made is not its own');
  assert.deepEqual(await data().remove(maker, at(), said(at(), { key: dish!.key }, { key: made!.key })), { count: 1 });
  assert.deepEqual((await held()).map(({ body }) => body), [{ title: 'Ada’s' }]);
  await put([{ key: made!.key, body: { title: 'again' } }]);
  assert.equal((await held()).length, 1, 'removed stays removed');
  assert.deepEqual(log().filter((line) => !line.includes(' read ')), ['dishes add  1', 'dishes change  2', 'dishes remove  1']);
});

test('where the contract lets it, a service changes and removes what its owner made, and only removes what another added', async (t) => {
  const { trial, ada, service, held, data, maker, at, said } = await open(t, { dishes: [READS, { who: 'service', may: ['change', 'remove'] }] }, 'bob');
  const bob = trial.people['bob']!;
  const mine = (await data().put(ada, at(), { items: [{ key: KEYS[0], body: { title: 'Soup' } }, { key: KEYS[1], body: { title: 'Secret' }, audience: 'only-me' }] })).items;
  const [his] = (await data().put(bob, at(), { items: [{ body: { title: 'Bread' } }] })).items;
  await assert.rejects(data().patch(maker, at(), said(at(), { key: his!.key, body: { title: 'Stones' } })), { code: 'offer_key', field: '/items/0/offer' });
  assert.deepEqual(await data().patch(maker, at(), said(at(), { key: KEYS[0]!, body: { title: 'Soup, agreed' }, ifVersion: mine[0]!.version! }, { key: KEYS[1]!, body: { title: 'seen' } })), { count: 1 }, 'what is for its owner alone is as if it were not there');
  await assert.rejects(data().patch(maker, at(), said(at(), { key: KEYS[1]!, body: { title: 'seen' }, ifVersion: mine[1]!.version! })), { code: 'version_conflict' });
  assert.deepEqual((await held()).map(({ key, author, body }) => [key, author, body['title']]).sort(), [[KEYS[0], service.id, 'Soup, agreed'], [KEYS[1], ada.persona, 'Secret'], [his!.key, bob.persona, 'Bread']].sort());
  // It is their owner's to have the last word.
  assert.deepEqual(await data().patch(ada, at(), { where: { $key: { eq: KEYS[0]! } }, set: { title: 'No, stew' } }), { count: 1 });
  assert.deepEqual((await held()).filter(({ key }) => key === KEYS[0]).map(({ author, body }) => [author, body['title']]), [[ada.persona, 'No, stew']]);
  assert.deepEqual(await data().remove(maker, at(), said(at(), { key: his!.key }, { key: KEYS[1]! })), { count: 1 });
  await assert.rejects(data().put(maker, at(), said(at(), { body: { title: 'added' } })), nothing, 'no rule lets it add');
  await assert.rejects(data().put(maker, at(), said(at(), { key: KEYS[0]!, body: { title: 'x' } })), { code: 'bad_key' });
});

test('a service that may not read learns taken or not, and no more', async (t) => {
  const { trial, ada, held, put, data, maker, at, said } = await open(t, { dishes: [{ who: 'service', may: ['add'] }, { who: 'service', may: ['remove'], rows: 'own' }] }, 'bob');
  const key = `${at().service}/${KEYS[0]!}`;
  const first = await put([{ key, body: { title: 'one' } }]);
  assert.deepEqual(first, { items: [{ key }] }, 'no version');
  const known = [await put([{ key, body: { title: 'one' } }]), await put([{ key, body: { title: 'another' } }])];
  assert.deepEqual((await held()).map(({ body }) => body), [{ title: 'one' }]);
  await data().remove(ada, at(), { where: { title: { eq: 'one' } } });
  assert.deepEqual([...known, await put([{ key, body: { title: 'one' } }]), await put([{ key, body: { title: 'another' } }])], Array(4).fill(first));
  assert.equal((await held()).length, 0);
  await assert.rejects(put([{ key, body: { title: 'x' }, ifVersion: null }]), { code: 'unknown_field', field: '/items/0/ifVersion' });
  await assert.rejects(data().patch(maker, at(), said(at(), { key, body: { title: 'x' } })), nothing);
  assert.deepEqual(await data().remove(maker, at(), said(at(), { key }, { key: `${at().service}/${KEYS[1]!}` })), { count: 2 }, 'as many as it named');
  await assert.rejects(data().remove(maker, at(), said(at(), { key: KEYS[0]! })), { code: 'bad_key', field: '/items/0/offer/statement/key' });
  await assert.rejects(data().query(maker, at(), {}), nothing);
  await data().put(trial.people['bob']!, at(), { items: [{ body: { title: 'Bread' } }] });
});

test('the one record of a collection, which comes again where its owner removed it and the service may add', async (t) => {
  const { ada, service, held, data, maker, at, said } = await open(t, { profile: [{ who: 'service', may: ['add', 'change', 'read'] }] });
  const place = at('profile');
  const say = (name: string) => data().put(maker, place, said(place, { key: 'self', body: { name } }));
  await say('Member since May');
  await say('Member since June');
  assert.deepEqual((await held('profile')).map(({ key, author, body }) => [key, author, body]), [['self', service.id, { name: 'Member since June' }]]);
  await data().remove(ada, place, { where: { $key: { eq: 'self' } } });
  await say('Member since June');
  assert.equal((await held('profile')).length, 1);
  assert.deepEqual(await data().patch(ada, place, { where: { $key: { eq: 'self' } }, set: { name: 'Ada' } }), { count: 1 });
  await assert.rejects(data().put(maker, place, said(place, { body: { name: 'x' } })), { code: 'bad_key' });
});

test('what of a record is not for the service keeps it from its version, and `rows: own` from what its owner made of the one record', async (t) => {
  const { ada, held, put, data, maker, at, said } = await open(t, { dishes: [{ who: 'service', may: ['read'], fields: ['date'] }, { who: 'service', may: ['add', 'change'] }], profile: [{ who: 'service', may: ['add'] }, { who: 'service', may: ['read', 'change'], rows: 'own' }] });
  const { items: [made] } = await put([{ body: { title: 'Soup', date: 'Friday' } }]);
  assert.deepEqual(Object.keys(made!), ['key'], 'no version of what it may read in part');
  await assert.rejects(put([{ key: made!.key, body: { title: 'x' }, ifVersion: null }]), { code: 'unknown_field' });
  assert.deepEqual(await data().patch(maker, at(), said(at(), { key: made!.key, body: { title: 'x' } })), { count: 0 });
  const place = at('profile'), say = (name: string) => data().put(maker, place, said(place, { key: 'self', body: { name } }));
  await data().put(ada, place, { items: [{ body: { name: 'Ada' } }] });
  await assert.rejects(say('in her name'), nothing);
  await data().remove(ada, place, { where: { $key: { eq: 'self' } } });
  await say('its own');
  await say('its own, changed');
  assert.deepEqual((await held('profile')).map(({ body }) => body['name']), ['its own, changed']);
});

test('form is refused with its place before anything is looked at, the same wherever it is asked; all or none', async (t) => {
  const { trial, suite, service, held, data, maker, at, said, put } = await open(t, { dishes: [READS, { who: 'service', may: ['add'] }] });
  const good = { body: { title: 'good' } };
  const place = at(), nowhere = { ...at(), persona: `c${'a'.repeat(52)}` };
  const of = (where: typeof place, spoil: (item: { offer: { statement: JsonObject; signatures: string[] }; body?: unknown; salt?: string }) => void) => {
    const { items } = said(where, good, good);
    spoil(items[1] as never);
    return { items };
  };
  const anew = (item: { offer: { statement: JsonObject; signatures: string[] } }, change: JsonObject, seed = service.seed) => { const { v: _, type: __, ...rest } = { ...item.offer.statement, ...change } as never as Parameters<typeof makeServiceOffer>[1] & { v: 1; type: string }; Object.assign(item, { offer: makeServiceOffer(suite, rest, seed) }); };
  const cases: [string, Parameters<typeof of>[1], string][] = [
    ['bad_signature', (item) => { item.offer.statement['nonce'] = KEYS[0]!; }, '/items/1/offer'], ['not_object', (item) => { (item as { offer: unknown }).offer = 'offer'; }, '/items/1/offer'],
    ['offer_wrong_owner', (item) => anew(item, { owner: `c${'b'.repeat(51)}a` }), '/items/1/offer'], ['offer_wrong_place', (item) => anew(item, { collection: 'profile' }), '/items/1/offer'],
    ['offer_wrong_place', (item) => anew(item, { service: 'A'.repeat(43), key: `${'A'.repeat(43)}/${KEYS[0]!}` }), '/items/1/offer'],
    ['offer_wrong_key', (item) => { const seed = suite.random(32); anew(item, { by: toBase64Url(suite.publicKey(seed)) }, seed); }, '/items/1/offer'],
    ['offer_expired', (item) => anew(item, { expiry: trial.clock.ms - 1 }), '/items/1/offer'], ['offer_too_long', (item) => anew(item, { expiry: trial.clock.ms + 9 * 86_400_000 }), '/items/1/offer'],
    ['wrong_body', (item) => { item.body = { title: 'other words' }; }, '/items/1/body'], ['wrong_body', (item) => { item.salt = 'A'.repeat(43); }, '/items/1/body'], ['wrong_body', (item) => { delete item.salt; }, '/items/1/body'],
    ['type', (item) => { item.body = 'Soup'; }, '/items/1/body'], ['unknown_field', (item) => { Object.assign(item, { audience: 'members' }); }, '/items/1/audience'], ['unknown_field', (item) => { Object.assign(item, { key: KEYS[0] }); }, '/items/1/key'],
  ];
  for (const [code, spoil, field] of cases) for (const where of [place, nowhere, at('nothing')]) await assert.rejects(data().put(maker, where, of(where, spoil)), { code, field }, `${code} ${where.collection}`);
  await assert.rejects(data().remove(maker, place, said(place, good)), { code: 'offer_wrong_op' });
  await assert.rejects(data().put(maker, place, said(place, { key: `${service.id}/${KEYS[0]!}` })), { code: 'offer_wrong_op' });
  await assert.rejects(data().remove(maker, place, { items: [{ ...said(place, {}).items[0], ifVersion: null }] }), { code: 'unknown_field', field: '/items/0/ifVersion' });
  for (const input of [{}, { items: [] }, { items: Array(101).fill(said(place, good).items[0]) }]) await assert.rejects(data().put(maker, place, input), { code: 'bad_items' });
  for (const input of [null, [], 'x', { items: [5] }, { where: {}, set: {} }, { items: [{}], x: 1 }]) for (const verb of ['put', 'patch', 'remove'] as const) await assert.rejects(data()[verb](maker, place, input), { kind: 'invalid' });
  await assert.rejects(put([good, { body: { title: 1 as never } }]), { code: 'bad_body', field: '/items/1/body/title' });
  await assert.rejects(put([good, { body: { title: 'with a photo', photo: 'A'.repeat(43) } }]), { code: 'blob_unknown', field: '/items/1/body/photo' });
  assert.equal((await held()).length, 0);
  const thief: Caller = { kind: 'service', service: service.id, key: 'A'.repeat(43) };
  await assert.rejects(data().put(thief, place, said(place, good)), { code: 'offer_wrong_key' });
  const seed = suite.random(32), key = toBase64Url(suite.publicKey(seed));
  await assert.rejects(data().put({ ...thief, key }, place, saidBy(suite, { seed, now: trial.clock.ms }, place, good)), nothing);
  for (const where of [nowhere, at('nothing'), at('friends')]) await assert.rejects(data().put(maker, where, said(where, good)), nothing);
});

test('an offer is taken once, whatever became of its record; a request under a key of idempotency too, signed anew', async (t) => {
  const { trial, ada, held, data, maker, at, said, put } = await open(t, { dishes: [READS, { who: 'service', may: ['add', 'change'] }] });
  const key = `${at().service}/${KEYS[0]!}`;
  const first = said(at(), { key, body: { title: 'one' } });
  await data().put(maker, at(), first);
  await put([{ key, body: { title: 'two' } }]);
  await data().put(maker, at(), first);
  assert.deepEqual((await held()).map(({ body }) => body['title']), ['two']);
  await trial.shut();
  await trial.open();
  await data().put(maker, at(), first);
  assert.deepEqual((await held()).map(({ body }) => body['title']), ['two'], 'after a restart, too');
  assert.equal((await put([{ key, body: { title: 'three' } }], at(), 'on-friday')).items[0]!.key, key);
  await put([{ key, body: { title: 'since then' } }]);
  await put([{ key, body: { title: 'three' } }], at(), 'on-friday');
  assert.deepEqual((await held()).map(({ body }) => body['title']), ['since then'], 'said again under the same key it changes nothing');
  await assert.rejects(put([{ key, body: { title: 'four' } }], at(), 'on-friday'), { code: 'key_reused' });
  assert.equal((await data().put(ada, at(), { items: [{ body: { title: 'mine' } }] }, 'on-friday')).items.length, 1, 'its owner’s keys are others');
});
