import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { verifyKeyLog, verifyOffer, type JsonObject } from '@commonhold/core';
import { openTrialFirewall } from '../../testing/firewall.ts';
import { openTrialHouse, type Person } from '../../testing/house.ts';
import { NOTES } from '../../testing/notes.ts';
import { ANYONE, type Caller } from '../caller.ts';

const trial = openTrialFirewall(['ada', 'bob', 'cleo', 'dan'], NOTES);
after(() => trial.close());
const { ada, bob, cleo, dan } = trial.people as Record<'ada' | 'bob' | 'cleo' | 'dan', Caller & { persona: string }>;
const data = () => trial.firewall.gate.data;
const at = (collection: string, of: { persona: string } = ada) => ({ persona: of.persona, service: 'notes', collection });
const KEYS = ['AAAAAAAAAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAAAAAAAAQ', 'AAAAAAAAAAAAAAAAAAAAAg'];
const put = (caller: Caller, collection: string, ...items: object[]) => data().put(caller, at(collection), { items });
interface Item { cursor?: string; key: string; author: string; audience: string; version?: string; body: JsonObject }
const held = async (collection: string): Promise<Item[]> => (JSON.parse(await data().query(ada, at(collection), {})) as { items: Item[] }).items.map(({ cursor: _, ...item }) => item);
await trial.firewall.gate.transact(ada, ada.persona, 'people', (tx) => tx.put('links', { body: { persona: dan.persona, relation: 'block', createdAt: 1 } }));
const nothing = { code: 'not_found', message: 'There is nothing here, or not for you.' };

test('who may add adds: under their name, by a signed offer, where its owner keeps such records', async () => {
  const { items } = await put(bob, 'guests', { key: KEYS[0], body: { title: 'bob was here' } }, { body: { title: 'twice' } });
  assert.equal(items[0]!.key, `${bob.persona}/${KEYS[0]}`);
  assert.ok(items[0]!.version, 'what they may read has a version');
  const all = await held('guests');
  assert.deepEqual(all.map(({ author, audience, body }) => [author, audience, body['title']]), [[bob.persona, 'only-me', 'bob was here'], [bob.persona, 'only-me', 'twice']]);
  const lines = [...trial.firewall.exportOf(ada.persona)!].map((line) => JSON.parse(line) as { offer?: { statement: { key: string } } }).filter(({ offer }) => offer);
  const ours = lines.find(({ offer }) => offer!.statement.key === items[0]!.key)!;
  const state = verifyKeyLog(trial.suite, [...trial.firewall.gate.keyLog(bob, bob.persona)!.statements]);
  assert.ok(state.ok && verifyOffer(trial.suite, ours.offer, { owner: ada.persona, now: trial.clock.ms, keyLog: state.value }).ok, 'signed by the device of their own pod');
  assert.deepEqual((await put(bob, 'guests', { key: KEYS[0], body: { title: 'bob was here' } })).items, [items[0]], 'a repeated one changes nothing');
  assert.equal((await held('guests')).length, 2);
});

test('all or none; a refusal of form says where, of anything else it is nothing here', async () => {
  const before = await held('guests');
  const good = { body: { title: 'good' } };
  const cases: [object, string, string][] = [
    [{ body: { title: 1 } }, 'bad_body', '/items/1/body/title'], [{ body: { title: 'x'.repeat(300), tags: Array(10).fill('x'.repeat(40)) } }, 'item_too_big', '/items/1/body'],
    [{ ...good, key: 'short' }, 'bad_key', '/items/1/key'], [{ ...good, key: `${cleo.persona}/${KEYS[1]}` }, 'bad_key', '/items/1/key'], [{ ...good, audience: 'house' }, 'unknown_field', '/items/1/audience'],
  ];
  for (const [item, code, field] of cases) await assert.rejects(put(bob, 'guests', good, item), { code, field });
  for (const [caller, collection] of [[dan, 'guests'], [bob, 'lines'], [bob, 'tallies'], [bob, 'nothing'], [ANYONE, 'guests']] as const) await assert.rejects(put(caller, collection, good), nothing);
  assert.deepEqual(await held('guests'), before);
});

test('a writer without read learns accepted or refused, and no more', async () => {
  const letter = (title: string, key?: string) => put(bob, 'letters', { body: { title }, ...(key && { key }) });
  const first = await letter('one', KEYS[0]);
  assert.deepEqual(first, { items: [{ key: `${bob.persona}/${KEYS[0]}` }] }, 'no version');
  const known = [await letter('one', KEYS[0]), await letter('another text', KEYS[0])];
  await data().remove(ada, at('letters'), { where: { title: { eq: 'one' } } });
  assert.deepEqual([...known, await letter('one', KEYS[0]), await letter('another text', KEYS[0])], Array(4).fill(first), 'that its owner removed it is theirs to know');
  assert.equal((await held('letters')).length, 0);
  for (const ifVersion of [null, 'A'.repeat(43)]) await assert.rejects(put(bob, 'letters', { body: { title: 'x' }, ifVersion }), { code: 'unknown_field', field: '/items/0/ifVersion' });
  for (const key of KEYS.slice(1)) await letter('here', key);
  for (let i = 0; i < 3; i++) await put(cleo, 'letters', { body: { title: 'full' } });
  await assert.rejects(letter('no room', undefined), nothing);
  await assert.rejects(data().query(bob, at('letters'), {}), nothing);
  await assert.rejects(data().count(bob, at('letters'), {}), nothing);
});

test('changing one’s own, where the contract lets one: by the key, or what one finds; another’s stay as they are', async () => {
  const { items: [mine] } = await put(bob, 'guests', { key: KEYS[1], body: { title: 'first', secret: 's' } });
  const theirs = (await put(cleo, 'guests', { body: { title: 'first' } })).items[0]!;
  await assert.rejects(put(bob, 'guests', { key: KEYS[1], body: { title: 'x' }, ifVersion: theirs.version }), { code: 'version_conflict' });
  const { items: [changed] } = await put(bob, 'guests', { key: KEYS[1], body: { title: 'second', secret: 's' }, ifVersion: mine!.version });
  assert.notEqual(changed!.version, mine!.version);
  const patch = (where: object, set: object) => data().patch(bob, at('guests'), { where, set });
  assert.deepEqual(await patch({ title: { in: ['first', 'second'] } }, { rank: 7 }), { count: 1 });
  assert.deepEqual(await patch({ title: { in: ['first', 'second'] } }, { rank: 7 }), { count: 0 });
  await assert.rejects(patch({ title: { eq: 'second' } }, { title: null }), { code: 'bad_body' });
  await assert.rejects(patch({ title: { eq: 'second' } }, { nosuch: 1 }), { code: 'unknown_field' });
  await assert.rejects(data().patch(bob, at('letters'), { where: { $key: { eq: KEYS[0] } }, set: { title: 'x' } }), nothing, 'who may not change');
  const now = (await held('guests')).filter(({ body }) => ['first', 'second'].includes(String(body['title']))).map(({ author, body }) => [author === bob.persona ? 'bob' : 'cleo', body]);
  assert.deepEqual(now, [['cleo', { title: 'first' }], ['bob', { title: 'second', secret: 's', rank: 7 }]]);
  await data().remove(ada, at('guests'), { where: { $key: { in: [changed!.key, theirs.key] } } });
  assert.deepEqual(await put(bob, 'guests', { key: KEYS[1], body: { title: 'back again' } }), { items: [{ key: changed!.key }] }, 'what its owner removed stays removed');
});

test('removing what one may not read: by key alone, one’s own alone, and the answer is the same for what is not there', async () => {
  const remove = (caller: Caller, where: object) => data().remove(caller, at('letters'), { where });
  assert.equal((await held('letters')).length, 5);
  assert.deepEqual(await remove(cleo, { $key: { in: [KEYS[1], `${bob.persona}/${KEYS[2]}`] } }), { count: 1 }, 'not another’s, whatever is named');
  assert.equal((await held('letters')).length, 5);
  const due = { count: 2 };
  assert.deepEqual(await remove(bob, { $key: { in: KEYS.slice(1) } }), due);
  assert.equal((await held('letters')).length, 3);
  assert.deepEqual(await remove(bob, { $key: { in: KEYS.slice(1) } }), due);
  assert.deepEqual(await remove(bob, { $key: { in: ['BAAAAAAAAAAAAAAAAAAAAA', 'CAAAAAAAAAAAAAAAAAAAAA'] } }), due);
  await assert.rejects(remove(bob, { title: { eq: 'here' } }), { code: 'unknown_field' });
  for (const where of [{}, { all: [] }]) await assert.rejects(remove(bob, where), { code: 'where_needed' });
  for (const where of [{ not: { $key: { eq: KEYS[1] } } }, { $key: { ne: 'x' } }, { $key: { eq: KEYS[1], prefix: 'A' } }, { $key: { in: [], eq: 'x' } }]) await assert.rejects(remove(bob, where), { code: 'bad_where' });
  await assert.rejects(remove(dan, { $key: { eq: KEYS[1] } }), nothing);
});

test('removing what one may read: found like anything else, among one’s own', async () => {
  await put(cleo, 'guests', { body: { title: 'bob was here' } });
  await data().put(ada, at('guests'), { items: [{ body: { title: 'bob was here' }, audience: 'house' }] });
  const remove = (once?: string) => data().remove(bob, at('guests'), { where: { title: { eq: 'bob was here' } } }, once);
  assert.deepEqual([await remove('k'), await remove('k'), await remove()], [{ count: 1 }, { count: 1 }, { count: 0 }]);
  assert.deepEqual((await held('guests')).map(({ author, body }) => `${author === bob.persona ? 'bob' : author === cleo.persona ? 'cleo' : 'ada'}: ${String(body['title'])}`), ['bob: twice', 'cleo: bob was here', 'ada: bob was here']);
  await assert.rejects(data().remove(bob, at('guests'), { where: { title: { eq: 'other' } } }, 'k'), { code: 'key_reused' });
});

test('under a key of idempotency the same request is the same record; another one is refused; the keys are the writer’s own', async () => {
  const input = { items: [{ body: { title: 'once' } }] };
  const first = await data().put(bob, at('guests'), input, 'key');
  assert.deepEqual(await data().put(bob, at('guests'), input, 'key'), first);
  await assert.rejects(data().put(bob, at('guests'), { items: [{ body: { title: 'other' } }] }, 'key'), { code: 'key_reused' });
  await assert.rejects(data().put(bob, at('guests', cleo), input, 'key'), { code: 'key_reused' }, 'another pod is another request');
  await data().put(cleo, at('guests'), input, 'key');
  await data().put(ada, at('lines'), input, 'key');
  trial.reopen();
  assert.deepEqual(await data().put(bob, at('guests'), input, 'key'), first);
  assert.equal((await held('guests')).filter(({ body }) => body['title'] === 'once').length, 2);
});

test('the owner’s log names who wrote, and who was refused', () => {
  const lines = trial.firewall.log.days(ada.persona, null, 1).days[0]!.lines.filter(({ caller }) => caller === bob.persona || caller === dan.persona)
    .map(({ caller, collection, verb, rule }) => `${caller === bob.persona ? 'bob' : 'dan'} ${collection} ${verb} ${rule ?? 'taken'}`);
  for (const due of ['bob guests add taken', 'bob guests remove taken', 'bob letters add taken', 'dan guests add blocked', 'bob lines add no_rule']) assert.ok(lines.includes(due), `${due} in ${lines.join('; ')}`);
});

test('a service that looks at each offer does so here, too: nobody follows in another’s name, or likes what they cannot read', async (t) => {
  const house = await openTrialHouse(['ada', 'bob', 'cleo']);
  t.after(() => house.close());
  const people = house.people as Record<'ada' | 'bob' | 'cleo', Person>;
  const { gate, microblog } = house.house;
  const into = (caller: Person, service: string, collection: string, ...items: object[]) =>
    gate.data.put(caller, { persona: people.ada.persona, service, collection }, { items });
  const follower = (persona: string) => ({ body: { persona, relation: 'follower', createdAt: 1 } });
  await assert.rejects(into(people.bob, 'people', 'followers', follower(people.cleo.persona)), { code: 'not_found' });
  await assert.rejects(into(people.bob, 'people', 'links', { body: { persona: people.bob.persona, relation: 'close', createdAt: 1 } }), { code: 'not_found' });
  await assert.rejects(into(people.bob, 'people', 'followers', follower(people.bob.persona), follower(people.bob.persona)), { code: 'bad_items' });
  const post = await microblog.post(people.ada, { text: 'hello', audience: 'everyone' });
  await assert.rejects(into(people.bob, 'microblog', 'reactions', { body: { post: 'AAAAAAAAAAAAAAAAAAAAAA', kind: 'like', createdAt: 1 } }), { code: 'not_found' });
  await into(people.bob, 'microblog', 'reactions', { body: { post: post.key, kind: 'like', createdAt: 1 } });
});
