import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { JsonObject } from '@commonhold/core';
import fc from 'fast-check';
import { openTrialFirewall, type TrialFirewall } from '../../testing/firewall.ts';
import { NOTES } from '../../testing/notes.ts';
import { ANYONE, type Caller } from '../caller.ts';

let trial: TrialFirewall;
before(() => { trial = openTrialFirewall(['ada', 'bob', 'cleo'], NOTES); });
after(() => trial.close());

interface Item { key: string; author: string; at: string; audience: string; version?: string; body: JsonObject }
interface Page { items: Item[]; prev: string | null; next: string | null }
const data = () => trial.firewall.gate.data;
const at = (collection = 'lines') => ({ persona: trial.people['ada']!.persona, service: 'notes', collection });
const query = async (caller: Caller, input: object): Promise<Page> => JSON.parse(await data().query(caller, at(), input)) as Page;
const who = (name: string): Caller => (name === 'nobody' ? ANYONE : trial.people[name]!);

/** The plain model: what a caller may read of the records, and then filter, sort, slice of an array. */
const FIELDS: Record<string, string[] | null> = { ada: null, bob: ['title', 'rank'], nobody: ['title'] };
const SEES: Record<string, string[]> = { ada: ['only-me', 'close', 'house', 'everyone'], bob: ['house', 'everyone'], nobody: ['everyone'] };
const visible = (all: Item[], name: string): Item[] => all.filter(({ audience }) => SEES[name]!.includes(audience))
  .map((item) => ({ ...item, body: Object.fromEntries(Object.entries(item.body).filter(([field]) => FIELDS[name]?.includes(field) ?? true)) }));

const value = (item: Item, field: string): unknown => (field.startsWith('$') ? item[field.slice(1) as 'key'] : item.body[field]) ?? null;
const comparable = (a: unknown, b: unknown): boolean => typeof a === typeof b && (typeof a === 'string' || typeof a === 'number');
const TESTS: Record<string, (a: never, b: never) => boolean> = {
  eq: (a, b) => a === b, ne: (a, b) => a !== b, lt: (a: number, b: number) => comparable(a, b) && a < b, lte: (a: number, b: number) => comparable(a, b) && a <= b,
  gt: (a: number, b: number) => comparable(a, b) && a > b, gte: (a: number, b: number) => comparable(a, b) && a >= b, in: (a, b: unknown[]) => b.includes(a), nin: (a, b: unknown[]) => !b.includes(a),
  prefix: (a: unknown, b: string) => typeof a === 'string' && a.startsWith(b), contains: (a: unknown, b: never) => (Array.isArray(a) || (typeof a === 'string' && typeof b === 'string')) && a.includes(b),
};
function holds(item: Item, where: Record<string, unknown>): boolean {
  return Object.entries(where).every(([name, inner]) => {
    if (name === 'all') return (inner as object[]).every((one) => holds(item, one as Record<string, unknown>));
    if (name === 'any') return (inner as object[]).some((one) => holds(item, one as Record<string, unknown>));
    if (name === 'not') return !holds(item, inner as Record<string, unknown>);
    return Object.entries(inner as object).every(([op, wanted]) => TESTS[op]!(value(item, name) as never, wanted as never));
  });
}
const rank = (a: unknown): number => (a === null ? 0 : a === false ? 1 : a === true ? 2 : typeof a === 'number' ? 3 : typeof a === 'string' ? 4 : 5);
function sorted(items: Item[], order: string[]): Item[] {
  return items.toSorted((a, b) => {
    for (const name of [...order, '$key']) {
      const field = name.replace(/^-/, '');
      const [x, y] = [value(a, field), value(b, field)];
      const found = rank(x) - rank(y) || (rank(x) === 5 || x === y ? 0 : x! < y! ? -1 : 1);
      if (found !== 0) return name === field ? found : -found;
    }
    return 0;
  });
}

const text = fc.constantFrom('', 'a', 'ab', 'b', 'B', 'é', '10', '9', 'x'.repeat(200));
const number = fc.constantFrom(-1, 0, 1, 1.5, 10, 9);
const record = fc.record({
  title: text, rank: number, secret: fc.constantFrom('a', 'b', null), done: fc.boolean(), tags: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
}, { requiredKeys: ['title'] });
const records = fc.array(fc.record({ body: record, audience: fc.constantFrom('only-me', 'close', 'house', 'everyone') }), { minLength: 3, maxLength: 25 });
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const conditions = fc.oneof(
  fc.record({ eq: scalar }), fc.record({ ne: scalar }), fc.record({ in: fc.array(scalar, { maxLength: 3 }) }), fc.record({ nin: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ prefix: text }), fc.record({ contains: scalar }), fc.record({ gte: fc.oneof(text, number), lt: fc.oneof(text, number) }, { requiredKeys: ['gte'] }), fc.record({ gt: number, lte: number }),
);
const whereOver = (fields: string[]) => fc.letrec<{ where: object }>((tie) => ({
  where: fc.oneof({ depthSize: 'small', maxDepth: 4, withCrossShrink: true }, fc.dictionary(fc.constantFrom(...fields), conditions, { maxKeys: 2 }), fc.record({ not: tie('where') }),
    fc.record({ all: fc.array(tie('where'), { maxLength: 3 }) }), fc.record({ any: fc.array(tie('where'), { maxLength: 3 }) })),
})).where;
const orderOver = (fields: string[]) => fc.uniqueArray(fc.tuple(fc.constantFrom('', '-'), fc.constantFrom(...fields)), { minLength: 1, maxLength: 3, selector: ([, field]) => field })
  .map((names) => names.map((name) => name.join('')));
const asked = fc.constantFrom('ada', 'bob', 'nobody').chain((name) => {
  const fields = [...(FIELDS[name] ?? ['title', 'rank', 'secret', 'done', 'tags']), '$key', '$at', '$author', '$audience'];
  return fc.record({ name: fc.constant(name), where: whereOver(fields), order: fc.option(orderOver(fields), { nil: undefined }), first: fc.integer({ min: 1, max: 7 }), by: fc.constantFrom(...fields) });
});

async function refill(wanted: { body: object; audience: string }[]): Promise<Item[]> {
  await data().remove(who('ada'), at(), { where: { $key: { ne: '' } } });
  await data().put(who('ada'), at(), { items: wanted });
  return (await query(who('ada'), { first: 500 })).items;
}

test('where, order, select, both directions and counts agree with a plain array of what the caller may read', async () => {
  await fc.assert(fc.asyncProperty(records, fc.array(asked, { minLength: 4, maxLength: 8 }), async (wanted, questions) => {
    const all = await refill(wanted);
    assert.equal(all.length, wanted.length);
    for (const { name, where, order, first, by } of questions) {
      const due = sorted(visible(all, name).filter((item) => holds(item, where as Record<string, unknown>)), order ?? ['$at']);
      const keys = due.map(({ key }) => key);
      const input = { where, first, ...(order && { order }) };
      const forward = await walk(who(name), input, 'next', 'after');
      assert.deepEqual(forward.items.map(({ key }) => key), keys);
      assert.deepEqual(forward.items.map(({ body }) => body), due.map(({ body }) => body));
      if (forward.last) {
        const back = await walk(who(name), { ...input, before: forward.last }, 'prev', 'before');
        assert.deepEqual(back.items.map(({ key }) => key), keys.slice(0, Math.floor((keys.length - 1) / first) * first));
      }
      const counted = await data().count(who(name), at(), { where, by: name === 'ada' ? by : 'title' });
      assert.equal(counted.count, due.length);
      assert.equal(counted.groups?.reduce((sum, { count }) => sum + count, 0), due.length);
      for (const group of counted.groups!) assert.equal(due.filter((item) => JSON.stringify(value(item, name === 'ada' ? by : 'title')) === JSON.stringify(group.value)).length, group.count);
    }
  }), { numRuns: 60 });
});

async function walk(caller: Caller, input: object, edge: 'next' | 'prev', as: 'after' | 'before'): Promise<{ items: Item[]; last: string | null }> {
  const pages: Item[][] = [];
  let last: string | null = null;
  for (let page = await query(caller, input); ;) {
    pages.push(page.items);
    if (page.items.length > 0) last = page.prev;
    const on: string | null = page[edge];
    if (on === null) return { items: (edge === 'next' ? pages : pages.reverse()).flat(), last };
    page = await query(caller, { ...input, [as]: on });
  }
}

test('a walk survives that the record it stands on is removed, and others beside it', async () => {
  await refill(Array.from({ length: 9 }, (_, rank) => ({ body: { title: `t${rank}`, rank }, audience: 'house' })));
  const first = await query(who('bob'), { order: ['-rank'], first: 3 });
  assert.deepEqual(first.items.map(({ body }) => body['rank']), [8, 7, 6]);
  await data().remove(who('ada'), at(), { where: { rank: { in: [6, 7, 5] } } });
  const second = await query(who('bob'), { order: ['-rank'], first: 3, after: first.next! });
  assert.deepEqual(second.items.map(({ body }) => body['rank']), [4, 3, 2]);
  const back = await query(who('bob'), { order: ['-rank'], first: 3, before: second.prev! });
  assert.deepEqual([back.items.map(({ body }) => body['rank']), back.prev], [[8], null]);
});

test('a large collection is read slice by slice, as of one moment, while others write', async () => {
  const wanted = Array.from({ length: 1300 }, (_, rank) => ({ body: { title: `t${rank % 7}`, rank }, audience: rank % 2 ? 'house' : 'everyone' }));
  await data().remove(who('ada'), at(), { where: { $key: { ne: '' } } });
  for (let i = 0; i < wanted.length; i += 100) await data().put(who('ada'), at(), { items: wanted.slice(i, i + 100) });
  const counting = data().count(who('ada'), at(), { by: 'title' });
  const page = query(who('nobody'), { order: ['-title'], first: 3 });
  const writing = data().put(who('ada'), at(), { items: [{ body: { title: 't9' } }] });
  assert.equal((await counting).count, 1300);
  assert.deepEqual((await page).items.map(({ body }) => body), [{ title: 't6' }, { title: 't6' }, { title: 't6' }]);
  await writing;
  assert.deepEqual(await data().count(who('ada'), at(), { where: { title: { eq: 't9' } } }), { count: 1 });
  assert.deepEqual(await data().patch(who('ada'), at(), { where: { rank: { gte: 1290 } }, set: { title: 'late', rank: null } }), { count: 10 });
  await assert.rejects(data().remove(who('ada'), at(), { where: { title: { prefix: 't' } } }), { code: 'too_many_matches' });
  assert.deepEqual(await data().remove(who('ada'), at(), { where: { title: { eq: 'late' } } }), { count: 10 });
  assert.equal((await data().count(who('ada'), at(), {})).count, 1291);
  const many = Array.from({ length: 18 }, () => data().count(who('bob'), at(), {}).then(({ count }) => count, (error: { code: string }) => error.code));
  assert.deepEqual((await Promise.all(many)).toSorted(), [...Array.from({ length: 16 }, () => 1291), 'too_many_requests', 'too_many_requests'].toSorted());
});
