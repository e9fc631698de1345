import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { compileByoda, signContract, type JsonObject } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { openTrialFirewall } from '../testing/firewall.ts';
import { openTrialHouse } from '../testing/house.ts';
import { ANYONE, type Caller } from './caller.ts';
import type { WatchEvent } from './verbs/watch.ts';

/* What BYODA's own tests ask of its data API, asked of our verbs over a contract made of a file in its grammar. */
const { files } = JSON.parse(readFileSync(new URL('../../../../spec/vectors/byoda.json', import.meta.url), 'utf8')) as { files: { name: string; file: JsonObject }[] };
const made = compileByoda(nobleSuite, files.find(({ name }) => name === 'kin')!.file);
assert.ok(made.ok);
const { contract } = made.value;
const trial = openTrialFirewall(['ada', 'bob', 'cleo', 'dan'], contract);
after(() => trial.close());
const { ada, bob, cleo, dan } = trial.people as Record<'ada' | 'bob' | 'cleo' | 'dan', Caller & { persona: string }>;
const service: Caller = { kind: 'service', service: contract.service.id, key: contract.service.key! };

interface Item { key: string; author: string; origin: string; cursor: string; body: { [field: string]: unknown } }
interface Page { items: Item[]; next: string | null }
const data = () => trial.firewall.gate.data;
const at = (collection: string, of = ada) => ({ persona: of.persona, service: contract.service.id, collection });
const page = async (collection: string, input: object = {}, caller: Caller = ada, of = ada): Promise<Page> => JSON.parse(await data().query(caller, at(collection, of), input)) as Page;
const bodies = async (collection: string, input: object = {}, caller: Caller = ada, of = ada) => (await page(collection, input, caller, of)).items.map(({ body }) => body);
const put = (collection: string, items: object[], caller: Caller = ada, of = ada) => data().put(caller, at(collection, of), { items: items.map((body) => ({ body })) });
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const day = (n: number): string => `2026-01-0${n}T00:00:00Z`;
const asset = (n: number, more: object = {}): object => ({ created_timestamp: day(1 + (n % 9)), asset_id: uuid(n), asset_type: 'text', title: `t${n}`, ...more });
const wipe = (collection: string) => data().remove(ada, at(collection), { where: { $key: { ne: '' } } });

test('1, 2: one record is what was put, fields can be chosen, and lists in it are put anew', async () => {
  const person = { given_name: 'Ada', family_name: 'L', email: 'ada@example', nicknames: ['a', 'b'] };
  await put('person', [person]);
  assert.deepEqual(await bodies('person'), [person]);
  assert.deepEqual(await bodies('person', { select: ['nicknames', 'given_name'] }), [{ given_name: 'Ada', nicknames: ['a', 'b'] }]);
  assert.deepEqual(await data().patch(ada, at('person'), { where: { given_name: { eq: 'Ada' } }, set: { nicknames: ['c'] } }), { count: 1 });
  assert.deepEqual((await bodies('person'))[0]!['nicknames'], ['c']);
});

test('3, 4: fifty records by pages, each once; what is nested in them survives', async () => {
  const nested = { thumbnails: [{ url: 'https://a.example/1' }, { url: 'https://a.example/2' }], chapters: [{ start: 0 }, { start: 1 }, { start: 2 }], keywords: ['k', 'l'] };
  await put('public_assets', Array.from({ length: 50 }, (_, i) => asset(i, nested)));
  const seen: unknown[] = [];
  for (let after: string | undefined; ;) {
    const { items, next } = await page('public_assets', { first: 20, ...(after === undefined ? {} : { after }) });
    seen.push(...items.map(({ body }) => body['asset_id']));
    if (next === null) break;
    after = items.at(-1)!.cursor;
  }
  assert.deepEqual([seen.length, new Set(seen).size], [50, 50]);
  const [first] = await bodies('public_assets', { first: 1 });
  assert.deepEqual({ thumbnails: first!['thumbnails'], chapters: first!['chapters'], keywords: first!['keywords'] }, nested);
  assert.deepEqual(Object.keys((await bodies('public_assets', { first: 1, select: ['chapters'] }))[0]!), ['chapters']);
  await wipe('public_assets');
});

test('5–8: where, by names and by dates; changing and removing by it, never all for want of a condition', async () => {
  await put('tweets', [1, 2, 3, 4, 5].map((n) => asset(n, { created_timestamp: day(n) })));
  const count = async (where: object): Promise<number> => (await data().count(ada, at('tweets'), { where })).count;
  assert.deepEqual([await count({ asset_id: { eq: uuid(1) } }), await count({ asset_id: { eq: uuid(1) }, title: { eq: 't1' } }), await count({ title: { ne: 't1' } }), await count({ title: { ne: 't1' }, asset_id: { ne: uuid(2) } })], [1, 1, 4, 3]);
  const dates = await Promise.all(['eq', 'ne', 'lt', 'gt', 'lte', 'gte'].map((op) => count({ created_timestamp: { [op]: day(2) } })));
  assert.deepEqual(dates, [1, 4, 1, 3, 2, 4]);
  await wipe('tweets');
  await put('public_assets', [1, 2, 3, 4, 5].map((n) => asset(n)));
  const patch = (where: unknown, contents = 'new') => data().patch(ada, at('public_assets'), { where, set: { contents } });
  assert.deepEqual([await patch({ asset_id: { eq: uuid(1) } }), await patch({ asset_id: { eq: uuid(9) } }), await patch({ asset_id: { ne: uuid(1) } })], [{ count: 1 }, { count: 0 }, { count: 4 }]);
  const remove = (where: unknown) => data().remove(ada, at('public_assets'), { where });
  for (const where of [undefined, null, {}]) { await assert.rejects(patch(where)); await assert.rejects(remove(where)); }
  for (const where of [{ asset_id: {} }, { asset_id: { like: 'x' } }, { nothing: { eq: 1 } }]) { await assert.rejects(patch(where)); await assert.rejects(remove(where)); }
  assert.deepEqual([await remove({ asset_id: { eq: uuid(9) } }), await remove({ asset_id: { eq: uuid(1) } }), await remove({ asset_id: { ne: uuid(2) } }), await remove({ asset_id: { eq: uuid(2) } })], [{ count: 0 }, { count: 1 }, { count: 3 }, { count: 1 }]);
});

test('9, 10: where a record comes from is nobody’s to say; a cache forgets', async () => {
  await assert.rejects(data().put(ada, at('public_assets'), { items: [{ body: asset(1), origin: 'incoming_assets' }] }));
  await put('incoming_assets', [asset(1), asset(2)]);
  trial.clock.ms += 2 * 86_400_000;
  assert.deepEqual(await data().patch(ada, at('incoming_assets'), { where: { asset_id: { eq: uuid(2) } }, set: { contents: 'again' } }), { count: 1 });
  trial.clock.ms += 2 * 86_400_000;
  assert.deepEqual((await bodies('incoming_assets')).map((body) => body['asset_id']), [uuid(2)], 'three days after it was last written');
});

test('11: numbers follow what is put and removed', async () => {
  const by = async (): Promise<unknown> => (await data().count(ada, at('verified_claims'), {})).count;
  await put('verified_claims', [{ claim_id: uuid(1), issuer_type: 'app' }, { claim_id: uuid(2), issuer_type: 'app' }]);
  assert.equal(await by(), 2);
  await data().remove(ada, at('verified_claims'), { where: { claim_id: { eq: uuid(1) } } });
  assert.equal(await by(), 1);
});

test('12: who may watch hears what is put and changed; who may not is refused', async () => {
  const events: WatchEvent[] = [];
  let heard = (): void => {};
  const until = (n: number): Promise<void> => new Promise((resolve) => { heard = () => { if (events.filter(({ type }) => type === 'put').length >= n) resolve(); }; heard(); });
  const hear = { hear: (event: WatchEvent) => { events.push(event); heard(); return true; }, end: () => {} };
  const { stop } = data().watch(ANYONE, { ...at('channels'), collections: ['channels'] }, hear);
  await put('channels', [asset(1)]);
  await until(1);
  await data().patch(ada, at('channels'), { where: { title: { eq: 't1' } }, set: { contents: 'new' } });
  await until(2);
  stop();
  assert.throws(() => data().watch(ANYONE, { ...at('service_assets'), collections: ['service_assets'] }, hear));
});

test('13, 14: what members put with another lies there alone, by its author, and only they and its owner learn of it', async () => {
  const invite = { created_timestamp: day(1), member_id: uuid(1), relation: 'friend' };
  for (const who of [bob, cleo]) await put('network_invites', [invite], who);
  assert.deepEqual((await page('network_invites')).items.map(({ author }) => author).sort(), [bob.persona, cleo.persona].sort());
  assert.deepEqual((await page('network_invites', {}, bob, bob)).items, []);
  await assert.rejects(page('network_invites', {}, bob), { code: 'not_found' });
  for (const caller of [ANYONE, service]) await assert.rejects(put('network_invites', [invite], caller));
});

test('15: one asks one’s own links, and no further', async () => {
  const follow = (from: typeof ada, to: typeof ada) => trial.firewall.gate.transact(from, from.persona, 'people', (tx) => tx.put('links', { body: { persona: to.persona, relation: 'follow', createdAt: 1 } }));
  await follow(ada, cleo);
  await follow(cleo, dan);
  for (const [n, who] of [ada, cleo, dan].entries()) await put('public_assets', [asset(n)], who, who);
  const reached = async (input: object): Promise<string[]> => [...new Set((await page('public_assets', input)).items.map(({ origin }) => origin))].sort();
  assert.deepEqual(await reached({}), [ada.persona]);
  assert.deepEqual(await reached({ reach: { linked: ['follow'] } }), [ada.persona, cleo.persona].sort(), 'links of links are not asked');
  assert.deepEqual(await reached({ reach: { linked: ['close'] } }), [ada.persona]);
});

test('16, 17: one’s links are asked once each, whoever links whom, and by oneself alone', async () => {
  const follow = (from: typeof ada, to: typeof ada) => trial.firewall.gate.transact(from, from.persona, 'people', (tx) => tx.put('links', { body: { persona: to.persona, relation: 'follow', createdAt: 1 } }));
  // A ring, and a second link of the same two: nothing goes round, since nobody who is asked asks on.
  for (const [from, to] of [[dan, ada], [ada, cleo], [cleo, ada]] as const) await follow(from, to);
  const input = { reach: { linked: ['follow', 'close'] }, first: 500 };
  const { origins } = JSON.parse(await data().query(ada, at('public_assets'), input)) as { origins: { persona: string }[] };
  assert.deepEqual(origins.map(({ persona }) => persona).sort(), [ada.persona, cleo.persona].sort());
  for (const caller of [bob, cleo, ANYONE, service]) await assert.rejects(data().query(caller, at('public_assets'), input), { kind: 'invalid', code: 'reach_not_yours' });
  // What is asked for once more is not done once more.
  const items = [{ body: asset(77) }];
  const [first, again] = [await data().put(ada, at('public_assets'), { items }, 'query-1'), await data().put(ada, at('public_assets'), { items }, 'query-1')];
  assert.deepEqual(first, again);
  await assert.rejects(data().put(ada, at('public_assets'), { items: [{ body: asset(78) }] }, 'query-1'), { kind: 'conflict', code: 'key_reused' });
});

test('18, 19: the service reads what the contract grants it, and nobody reads it by belonging to the service', async () => {
  assert.deepEqual((await bodies('person', {}, service)).map((body) => body['given_name']), ['Ada']);
  await assert.rejects(page('network_links', {}, service), { code: 'not_found' });
  for (const caller of [bob, ANYONE, { ...service, key: 'B'.repeat(43) } as Caller]) await assert.rejects(page('person', {}, caller), { code: 'not_found' });
});

test('20: a service is joined once, and only in a version that is known', async (t) => {
  const house = await openTrialHouse(['ada']);
  t.after(() => house.close());
  const { house: { suite, joining: open }, people } = house;
  const seed = suite.random(32);
  const own = compileByoda(suite, files.find(({ name }) => name === 'kin')!.file, suite.publicKey(seed));
  assert.ok(own.ok);
  const joining = await open();
  const { hash, blocks } = await joining.preview(people['ada']!, { contract: signContract(suite, own.value.contract, seed, '0'.repeat(16)) }, { local: false });
  assert.deepEqual(blocks, []);
  await joining.join(people['ada']!, { hash });
  await assert.rejects(joining.join(people['ada']!, { hash }), { kind: 'conflict', code: 'already_joined' });
  await assert.rejects(joining.join(people['ada']!, { hash: 'A'.repeat(43) }), { kind: 'not_found', code: 'contract_unknown' });
});
