import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { JsonObject } from '@commonhold/core';
import fc from 'fast-check';
import { openTrialFirewall, type TrialFirewall } from '../../testing/firewall.ts';
import { NOTES } from '../../testing/notes.ts';
import type { Caller } from '../caller.ts';

let trial: TrialFirewall;
let ada: Caller & { persona: string };
before(() => { trial = openTrialFirewall(['ada'], NOTES); ada = trial.people['ada']!; });
after(() => trial.close());
beforeEach(() => data().remove(ada, at(), { where: { $key: { ne: '' } } }));

const data = () => trial.firewall.gate.data;
const at = (service = 'notes', collection = 'lines') => ({ persona: ada.persona, service, collection });
const put = (...items: object[]) => data().put(ada, at(), { items });
interface Item { key: string; version: string; audience: string; body: JsonObject }
const all = async (): Promise<Item[]> => (JSON.parse(await data().query(ada, at(), { order: ['rank'] })) as { items: Item[] }).items;
const KEY = 'AAAAAAAAAAAAAAAAAAAAAA';

test('put adds, changes by key, leaves alone what is the same, moves audiences', async () => {
  const first = await put({ key: KEY, body: { title: 'a' } }, { body: { title: 'b', rank: 1 } });
  assert.deepEqual((await all()).map(({ key, version }) => ({ key, version })), first.items);
  assert.deepEqual((await put({ key: KEY, body: { title: 'a' } })).items, [first.items[0]], 'idempotent by key');
  const changed = await put({ key: KEY, body: { title: 'a2' }, ifVersion: first.items[0]!.version });
  assert.notEqual(changed.items[0]!.version, first.items[0]!.version);
  await put({ key: KEY, body: { title: 'a2' }, audience: 'everyone' });
  assert.deepEqual((await all()).map(({ audience, body }) => [audience, body['title']]), [['everyone', 'a2'], ['house', 'b']]);
});

test('ifVersion: the version that is there, or null for none; all or none is written', async () => {
  const { items: [one] } = await put({ key: KEY, body: { title: 'a' }, ifVersion: null });
  const conflict = { code: 'version_conflict', kind: 'conflict', field: '/items/1/ifVersion' };
  for (const ifVersion of [null, 'A'.repeat(43), '']) await assert.rejects(put({ body: { title: 'new' } }, { key: KEY, body: { title: 'x' }, ifVersion }), conflict);
  assert.deepEqual((await all()).map(({ key, version }) => ({ key, version })), [one]);
  await data().remove(ada, at(), { where: { $key: { eq: KEY } } });
  await assert.rejects(put({ key: KEY, body: { title: 'x' }, ifVersion: one!.version }), { code: 'version_conflict' });
  await put({ key: KEY, body: { title: 'x' }, ifVersion: null });
});

test('the same key of idempotency gets the first answer, for the same request only, after a restart too', async () => {
  const input = { items: [{ body: { title: 'once' } }] };
  const first = await data().put(ada, at(), input, 'k1');
  assert.deepEqual(await data().put(ada, at(), input, 'k1'), first);
  await assert.rejects(data().put(ada, at(), { items: [{ body: { title: 'other' } }] }, 'k1'), { code: 'key_reused' });
  await assert.rejects(data().remove(ada, at(), { where: { title: { eq: 'once' } } }, 'k1'), { code: 'key_reused' });
  const removal = { where: { title: { eq: 'once' } } };
  assert.deepEqual(await data().remove(ada, at(), removal, 'k2'), { count: 1 });
  await put({ body: { title: 'once' } });
  trial.reopen();
  assert.deepEqual(await data().remove(ada, at(), removal, 'k2'), { count: 1 });
  assert.deepEqual(await data().put(ada, at(), input, 'k1'), first);
  assert.equal((await all()).length, 1);
});

test('patch sets and takes away fields of what matches, remove removes it; both count, and refuse an empty where', async () => {
  await put(...[0, 1, 2, 3].map((rank) => ({ body: { title: `t${rank}`, rank, secret: 's' }, audience: rank % 2 ? 'close' : 'house' })));
  const patch = (where: unknown, set: object) => data().patch(ada, at(), { where, set });
  assert.deepEqual(await patch({ rank: { gte: 1 } }, { done: true, secret: null }), { count: 3 });
  assert.deepEqual(await patch({ rank: { gte: 1 } }, { done: true, secret: null }), { count: 0 }, 'what is so already is not changed');
  assert.deepEqual((await all()).map(({ body, audience }) => [body, audience]), [
    [{ title: 't0', rank: 0, secret: 's' }, 'house'], [{ title: 't1', rank: 1, done: true }, 'close'], [{ title: 't2', rank: 2, done: true }, 'house'], [{ title: 't3', rank: 3, done: true }, 'close'],
  ]);
  await assert.rejects(patch({ rank: { gte: 1 } }, { title: null }), { code: 'bad_body' });
  await assert.rejects(patch({ rank: { gte: 1 } }, { nosuch: 1 }), { code: 'unknown_field', field: '/set/nosuch' });
  await assert.rejects(patch({ rank: { gte: 1 } }, {}), { code: 'nothing_to_set' });
  for (const where of [undefined, {}, { all: [] }, { not: {} }, { any: [{}, { all: [{}] }] }]) {
    await assert.rejects(patch(where, { done: false }), { code: 'where_needed' });
    await assert.rejects(data().remove(ada, at(), { where }), { code: 'where_needed' });
  }
  assert.deepEqual(await data().remove(ada, at(), { where: { $audience: { eq: 'close' } } }), { count: 2 });
  assert.equal((await all()).length, 2);
});

test('a refusal says which record and field, and nothing is written of the others', async () => {
  const good = { body: { title: 'good' } };
  const cases: [object, string, string][] = [
    [{ body: { title: 1 } }, 'bad_body', '/items/1/body/title'], [{ body: { title: 'x', nosuch: 1 } }, 'bad_body', '/items/1/body/nosuch'], [{ body: {} }, 'bad_body', '/items/1/body/title'],
    [{ ...good, audience: 'linked' }, 'bad_audience', '/items/1/audience'], [{ ...good, key: 'short' }, 'bad_key', '/items/1/key'], [{ ...good, nosuch: 1 }, 'unknown_field', '/items/1/nosuch'],
    [{ key: KEY }, 'type', '/items/1/body'], [{ ...good, ifVersion: 3 }, 'type', '/items/1/ifVersion'], [{ body: { title: '\ud800' } }, 'not_unicode', '/items/1/body'],
  ];
  for (const [item, code, field] of cases) await assert.rejects(put(good, item), { code, field });
  await assert.rejects(data().put(ada, at(), { items: [] }), { code: 'bad_items' });
  await assert.rejects(data().put(ada, at(), { items: Array.from({ length: 101 }, () => good) }), { code: 'bad_items' });
  assert.deepEqual(await all(), []);
});

test('the built-in services by the same way: a profile under its one key, followers removed and not changed', async () => {
  const before = JSON.parse(await data().query(ada, at('people', 'profile'), {})) as { items: Item[] };
  const { items } = await data().put(ada, at('people', 'profile'), { items: [{ body: { name: 'Ada L.' }, ifVersion: before.items[0]!.version }] });
  assert.equal(items[0]!.key, 'self');
  await assert.rejects(data().patch(ada, at('people', 'followers'), { where: { relation: { eq: 'follower' } }, set: { createdAt: 2 } }), { kind: 'not_found' });
  assert.deepEqual(await data().remove(ada, at('people', 'followers'), { where: { relation: { eq: 'follower' } } }), { count: 0 });
});

test('whatever is sent is answered or refused with a code, and never breaks', async () => {
  const json = fc.oneof(fc.jsonValue({ maxDepth: 5 }), fc.dictionary(fc.constantFrom('where', 'order', 'first', 'select', 'after', 'by', 'items', 'set', '__proto__'), fc.oneof(
    fc.jsonValue({ maxDepth: 4 }), fc.dictionary(fc.constantFrom('title', '$key', 'all', 'any', 'not', 'constructor', '\ud800', 'toString'), fc.jsonValue({ maxDepth: 3 })),
  )));
  await fc.assert(fc.asyncProperty(json, fc.constantFrom('query', 'count', 'put', 'patch', 'remove'), async (input, verb) => {
    try { await data()[verb](ada, at(), input, 'fuzz'); } catch (error) {
      assert.ok(['invalid', 'not_found', 'conflict'].includes((error as { kind: string }).kind), `${verb} ${JSON.stringify(input)}: ${String(error)}`);
    }
  }), { numRuns: 2000 });
  const deep = (levels: number): object => (levels === 0 ? { title: { eq: 'x' } } : { not: deep(levels - 1) });
  await data().query(ada, at(), { where: deep(7) });
  for (const where of [deep(8), { title: {} }, { title: { like: 'x' } }, { title: { eq: [1] } }, { title: { in: 'x' } }, { title: { lt: true } }, { any: {} }, { title: { eq: 'x'.repeat(1001) } },
    { all: Array.from({ length: 65 }, () => ({})) }, { any: Array.from({ length: 13 }, () => ({ all: Array.from({ length: 5 }, () => ({ title: { eq: 1 } })) })) }, { title: { in: Array.from({ length: 513 }, (_, i) => i) } }]) {
    await assert.rejects(data().query(ada, at(), { where }), { code: 'bad_where' }, JSON.stringify(where).slice(0, 80));
  }
});
