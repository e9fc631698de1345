import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { openTrialFirewall, type TrialFirewall } from '../../testing/firewall.ts';
import { NOTES } from '../../testing/notes.ts';
import type { Caller } from '../caller.ts';
import type { Watch, WatchEvent } from './watch.ts';

type Person = Caller & { persona: string };
interface Ear { events: WatchEvent[]; watch: Watch; ended: Promise<void>; until(type: string, text?: string): Promise<WatchEvent>; full: boolean }

function open(t: TestContext): { trial: TrialFirewall; people: Record<'ada' | 'bob' | 'cleo', Person> } {
  const trial = openTrialFirewall(['ada', 'bob', 'cleo'], NOTES);
  t.after(() => trial.close());
  return { trial, people: trial.people as Record<'ada' | 'bob' | 'cleo', Person> };
}

function listen(trial: TrialFirewall, caller: Caller, since?: string, what: { collections: string[]; counts?: string[]; where?: unknown } = { collections: ['lines'] }): Ear {
  const owner = trial.people['ada']!.persona;
  const events: WatchEvent[] = [];
  let wake = (): void => {};
  const end = Promise.withResolvers<void>();
  const ear: Ear = {
    events, ended: end.promise, full: false,
    until: async (type, text = '') => {
      for (;;) {
        const found = events.find((event) => event.type === type && event.data.includes(text));
        if (found) return found;
        await new Promise<void>((resolve) => { wake = resolve; });
      }
    },
    watch: trial.firewall.gate.data.watch(caller, { persona: owner, service: 'notes', ...what, ...(since !== undefined && { since }) }, {
      hear: (event) => { events.push(event); wake(); return !ear.full; },
      end: end.resolve,
    }),
  };
  return ear;
}

const at = ({ persona }: Person) => ({ persona, service: 'notes', collection: 'lines' });
const keyOf = (n: number): string => Buffer.from(`${n}`.padEnd(16, '.')).toString('base64url');
const said = (ear: Ear): string[] => ear.events.map(({ type, data }) => `${type} ${(/"title":"([^"]*)"/.exec(data) ?? /"key":"([^"]*)"/.exec(data))?.[1] ?? ''}`.trim());

test('first what there is, then ready, then what happens: new ones, edits, removals, and nothing of what is not theirs', async (t) => {
  const { trial, people: { ada, bob } } = open(t);
  const { data } = trial.firewall.gate;
  const put = (n: number, title: string, audience = 'house') => data.put(ada, at(ada), { items: [{ key: keyOf(n), body: { title, secret: 's' }, audience }] });
  await put(1, 'one');
  await put(2, 'mine', 'only-me');
  const ear = listen(trial, bob);
  await ear.until('ready');
  await put(3, 'hidden', 'only-me');
  await put(1, 'one again');
  await data.remove(ada, at(ada), { where: { $key: { in: [keyOf(1), keyOf(3)] } } });
  await put(4, 'last', 'everyone');
  const { data: last } = await ear.until('put', '"last"');
  assert.deepEqual(said(ear), ['put one', 'ready', 'put one again', `remove ${keyOf(1)}`, 'put last']);
  assert.deepEqual({ ...JSON.parse(last) as object, at: '' }, { collection: 'lines', key: keyOf(4), author: ada.persona, at: '', audience: 'everyone', body: { title: 'last' } });
  assert.equal(new Set(ear.events.map(({ id }) => id)).size, 5);
  assert.equal(new Set(ear.events.map(({ id }) => id.length)).size, 1, 'a position says nothing by its length');
  ear.watch.stop();
});

test('an absence is made up for: edits, removals, records that left the audience, each once and in order', async (t) => {
  const { trial, people: { ada, bob } } = open(t);
  const { data } = trial.firewall.gate;
  const put = (n: number, title: string, audience = 'house') => data.put(ada, at(ada), { items: [{ key: keyOf(n), body: { title }, audience }] });
  for (const n of [1, 2, 3, 4, 5]) await put(n, `t${n}`);
  const first = listen(trial, bob);
  const { id } = await first.until('ready');
  first.watch.stop();
  await put(1, 't1 again');
  await data.remove(ada, at(ada), { where: { $key: { eq: keyOf(2) } } });
  await put(3, 't3', 'only-me');
  await put(3, 't3 hidden still', 'only-me');
  await put(4, 't4', 'close');
  await put(4, 't4', 'house');
  await data.remove(ada, at(ada), { where: { $key: { eq: keyOf(5) } } });
  await put(5, 't5', 'only-me');
  await put(6, 'never', 'only-me');
  trial.reopen();
  const second = listen(trial, bob, id);
  const { id: later } = await second.until('ready');
  assert.deepEqual(said(second), ['put t1 again', `remove ${keyOf(2)}`, `remove ${keyOf(3)}`, 'put t4', `remove ${keyOf(5)}`, 'ready']);
  second.watch.stop();
  const third = listen(trial, bob, later);
  await third.until('ready');
  assert.deepEqual(said(third), ['ready']);
  const now = listen(trial, bob, 'now');
  await now.until('ready');
  assert.deepEqual(said(now), ['ready']);
  for (const ear of [third, now]) ear.watch.stop();
});

test('a block ends it, at once and from either side, with no word; the end of closeness narrows it', async (t) => {
  const { trial, people: { ada, bob, cleo } } = open(t);
  const { gate } = trial.firewall;
  const link = (from: Person, to: Person, relation: string) => gate.transact(from, from.persona, 'people', (tx) => tx.put('links', { body: { persona: to.persona, relation, createdAt: 1 } }));
  const { key } = await link(ada, cleo, 'close');
  await gate.data.put(ada, at(ada), { items: [{ body: { title: 'close', secret: 'x' }, audience: 'close' }] });
  const [ears, others, mine] = [listen(trial, bob), listen(trial, cleo), listen(trial, ada)];
  await Promise.all([ears, others, mine].map((ear) => ear.until('ready')));
  assert.deepEqual([said(ears), said(others)], [['ready'], ['put close', 'ready']]);
  await link(ada, bob, 'block');
  await ears.ended;
  assert.deepEqual(said(ears), ['ready']);
  await gate.transact(ada, ada.persona, 'people', (tx) => tx.remove('links', key));
  await gate.data.put(ada, at(ada), { items: [{ body: { title: 'closed' }, audience: 'close' }, { body: { title: 'open', secret: 'x' } }] });
  assert.doesNotMatch((await others.until('put', '"open"')).data, /secret/);
  assert.deepEqual(said(others), ['put close', 'ready', 'put open']);
  await link(cleo, ada, 'block');
  await others.ended;
  await mine.until('put', '"open"');
  assert.throws(() => listen(trial, bob), { code: 'not_found' });
  mine.watch.stop();
});

test('who does not keep up is told no more until they can hear again, and then misses nothing', async (t) => {
  const { trial, people: { ada, bob } } = open(t);
  const { data } = trial.firewall.gate;
  const ear = listen(trial, bob);
  await ear.until('ready');
  ear.full = true;
  for (let n = 0; n < 6; n++) await data.put(ada, at(ada), { items: Array.from({ length: 100 }, (_, i) => ({ body: { title: `t${n * 100 + i}` } })) });
  await ear.until('put');
  assert.equal(ear.events.length, 2);
  ear.full = false;
  ear.watch.resume();
  await ear.until('put', '"t599"');
  assert.deepEqual(said(ear), ['ready', ...Array.from({ length: 600 }, (_, i) => `put t${i}`)]);
  ear.watch.stop();
});

test('a pod that lost positions says so instead of missing something', async (t) => {
  const { trial, people: { ada, bob } } = open(t);
  const { data } = trial.firewall.gate;
  await data.put(ada, at(ada), { items: [{ body: { title: 'a' } }] });
  const ear = listen(trial, bob);
  const { id } = await ear.until('ready');
  ear.watch.stop();
  const home = trial.firewall.last(`pod-${ada.persona}`);
  assert.ok(home > 0);
  assert.throws(() => listen(trial, bob, `${id}x`), { code: 'bad_cursor' });
  assert.throws(() => listen(trial, bob, id, { collections: ['guests'] }), { code: 'bad_cursor' }, 'a position is of what was watched');
});

test('whatever is written, whoever comes and goes: put and remove one after the other give what a query gives, with a condition and without', async (t) => {
  const { trial, people: { ada, bob } } = open(t);
  const { data } = trial.firewall.gate;
  const step = fc.record({ n: fc.integer({ min: 0, max: 4 }), rank: fc.integer({ min: 0, max: 3 }), audience: fc.constantFrom('only-me', 'house', 'everyone', 'gone'), away: fc.boolean() });
  const mark = keyOf(100);
  for (const where of [undefined, { any: [{ rank: { gte: 2 } }, { $key: { eq: mark } }] }]) {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      await data.remove(ada, at(ada), { where: { $key: { ne: '' } } });
      const what = { collections: ['lines'], ...(where && { where }) };
      const copy = new Map<string, string>();
      let ear = listen(trial, bob, 'now', what);
      let heard = 0;
      let position = 'now';
      await take();
      for (const [i, { n, rank, audience, away }] of steps.entries()) {
        if (away) { await settle(); ear.watch.stop(); }
        if (audience === 'gone') await data.remove(ada, at(ada), { where: { $key: { eq: keyOf(n) } } });
        else await data.put(ada, at(ada), { items: [{ key: keyOf(n), body: { title: `step ${i}`, rank }, audience }] });
        if (away) { ear = listen(trial, bob, position, what); await take(); }
      }
      await settle();
      const { items } = JSON.parse(await data.query(bob, at(ada), { first: 500, ...(where && { where }) })) as { items: { key: string; cursor: string; origin: string; proof: string }[] };
      assert.deepEqual(new Map([...copy].map(([key, text]) => [key, text] as const).toSorted()), new Map(items.map(({ key, cursor: _, origin: _o, proof: _p, ...rest }) => [key, JSON.stringify({ collection: 'lines', ...rest })] as const).toSorted()));
      ear.watch.stop();

      async function take(): Promise<void> { await ear.until('ready'); await settle(); }
      async function settle(): Promise<void> {
        await data.put(ada, at(ada), { items: [{ key: mark, body: { title: `mark ${++heard}` } }] });
        await ear.until('put', `"mark ${heard}"`);
        for (const { type, data: text, id } of ear.events.splice(0)) {
          position = id;
          if (type === 'ready') continue;
          const { key, ...rest } = JSON.parse(text) as { key: string };
          if (type === 'put') copy.set(key, JSON.stringify(rest)); else copy.delete(key);
        }
      }
    }), { numRuns: where ? 40 : 30 });
  }
});

test('with a condition: what comes to fit is put, what no longer does is removed, and what never did is not told of', async (t) => {
  const { trial, people: { ada, bob, cleo } } = open(t);
  const { data } = trial.firewall.gate;
  const put = (n: number, rank: number, audience = 'house') => data.put(ada, at(ada), { items: [{ key: keyOf(n), body: { title: `t${n}`, rank, secret: 's' }, audience }] });
  await put(1, 5);
  await put(2, 0);
  const what = { collections: ['lines'], counts: ['lines'], where: { rank: { gte: 3 } } };
  const ear = listen(trial, bob, undefined, what);
  await ear.until('count', '"count":1');
  await put(3, 1);
  await put(4, 4);
  await put(2, 3);
  await put(1, 2);
  await put(5, 0, 'only-me');
  await put(5, 1);
  await put(6, 9, 'only-me');
  await put(7, 0);
  await put(7, 1, 'everyone');
  await put(8, 7);
  const { id } = await ear.until('put', '"t8"');
  const told = (of: Ear): string[] => of.events.filter(({ type }) => type !== 'count' && type !== 'ready').map(({ type, data: text }) => `${type} ${Buffer.from((JSON.parse(text) as { key: string }).key, 'base64url').toString().replaceAll('.', '')}`);
  // It fitted before or it did not: that is not kept. What was never theirs is not told of, by whichever way it came.
  assert.deepEqual(told(ear), ['put 1', 'put 4', 'put 2', 'remove 1', 'remove 7', 'put 8']);
  await ear.until('count', '"count":3');
  ear.watch.stop();
  await put(4, 0);
  await put(9, 0);
  await data.remove(ada, at(ada), { where: { $key: { eq: keyOf(8) } } });
  const back = listen(trial, bob, id, what);
  await back.until('ready');
  assert.deepEqual(told(back), ['remove 4', 'remove 8']);
  back.watch.stop();
  for (const where of [undefined, { rank: { gte: 2 } }]) assert.throws(() => listen(trial, bob, id, { ...what, ...(where ? { where } : { where: {} }) }), { code: 'bad_cursor' });
  assert.throws(() => listen(trial, cleo, id, what), { code: 'bad_cursor' });
  const hidden = ['secret', 'nosuch'].map((field) => { try { listen(trial, bob, undefined, { collections: ['lines'], where: { [field]: { eq: 's' } } }); return null; } catch (error) { const { kind, code, message, field: at } = error as Record<string, string>; return [kind, code, message, at!.replace(field, '…')]; } });
  assert.deepEqual(hidden[0], hidden[1]);
  assert.equal(hidden[0]![1], 'unknown_field');
  assert.throws(() => listen(trial, bob, undefined, { collections: [], counts: ['tallies'], where: { title: { eq: 'x' } } }), { code: 'unknown_field' });
  for (const where of [null, 5, { rank: 1 }, { rank: { like: 1 } }]) assert.throws(() => listen(trial, bob, undefined, { collections: ['lines'], where }), { code: 'bad_where' });
});

test('a condition that is not for them any more ends the watch, and tells nothing', async (t) => {
  const { trial, people: { ada, cleo } } = open(t);
  const { gate } = trial.firewall;
  const { key } = await gate.transact(ada, ada.persona, 'people', (tx) => tx.put('links', { body: { persona: cleo.persona, relation: 'close', createdAt: 1 } }));
  const ear = listen(trial, cleo, undefined, { collections: ['lines'], where: { not: { secret: { eq: 'x' } } } });
  await ear.until('ready');
  await gate.transact(ada, ada.persona, 'people', (tx) => tx.remove('links', key));
  await ear.ended;
  assert.deepEqual(said(ear), ['ready']);
});

test('what is removed while the beginning is still being told is told as well', async (t) => {
  const { trial, people: { ada, bob } } = open(t);
  const { data } = trial.firewall.gate;
  await data.put(ada, at(ada), { items: [1, 2, 3].map((n) => ({ key: keyOf(n), body: { title: `t${n}` } })) });
  await data.remove(ada, at(ada), { where: { $key: { eq: keyOf(3) } } });
  const ear = listen(trial, bob);
  ear.full = true;
  await ear.until('put', '"t1"');
  await data.remove(ada, at(ada), { where: { $key: { eq: keyOf(1) } } });
  ear.full = false;
  ear.watch.resume();
  await ear.until('ready');
  assert.deepEqual(said(ear), ['put t1', 'put t2', `remove ${keyOf(1)}`, 'ready']);
  ear.watch.stop();
});

test('numbers: what one may read or count, at first and after each change of them; what is not theirs changes none', async (t) => {
  const { trial, people: { ada, bob, cleo } } = open(t);
  const { data } = trial.firewall.gate;
  const put = (audience: string, collection = 'lines') => data.put(ada, { persona: ada.persona, service: 'notes', collection }, { items: [{ body: { title: audience }, audience }] });
  await put('house');
  await put('only-me');
  const ear = listen(trial, bob, undefined, { collections: ['lines'], counts: ['lines', 'tallies'] });
  const told = (): string[] => ear.events.filter(({ type }) => type === 'count').map(({ data: text }) => text);
  await ear.until('count', 'tallies');
  assert.deepEqual(ear.events.map(({ type }) => type), ['put', 'ready', 'count', 'count']);
  assert.deepEqual(told(), ['{"collection":"lines","count":1}', '{"collection":"tallies","count":0}']);
  await put('only-me');
  await put('close');
  await put('everyone');
  await ear.until('count', '"count":2');
  await put('house', 'tallies');
  await ear.until('count', '"tallies","count":1');
  assert.equal(told().length, 4, 'each number once');
  await trial.firewall.gate.transact(ada, ada.persona, 'people', (tx) => tx.put('links', { body: { persona: bob.persona, relation: 'block', createdAt: 1 } }));
  await ear.ended;
  const alone = listen(trial, cleo, 'now', { collections: [], counts: ['tallies'] });
  await alone.until('count', '"tallies","count":1');
  assert.deepEqual(alone.events.map(({ type }) => type), ['ready', 'count']);
  alone.watch.stop();
  await assert.rejects(async () => listen(trial, cleo, undefined, { collections: [], counts: ['box'] }), { code: 'not_found' });
});

test('after any absence: what was changed, removed, moved out of reach and into it, whoever made it, erased for good', async (t) => {
  const { trial, people: { ada, bob } } = open(t);
  const { data } = trial.firewall.gate;
  const guests = { persona: ada.persona, service: 'notes', collection: 'guests' };
  const item = (n: number, audience: string, title = `t${n}`) => ({ key: keyOf(n), body: { title }, audience });
  await data.put(ada, at(ada), { items: [item(1, 'house'), item(2, 'house'), item(3, 'house'), item(4, 'only-me'), item(5, 'everyone')] });
  await data.put(bob, guests, { items: [{ key: keyOf(6), body: { title: 'mine' } }] });
  const what = { collections: ['lines', 'guests'] };
  const first = listen(trial, bob, undefined, what);
  const { id } = await first.until('ready');
  first.watch.stop();
  trial.reopen();
  await data.put(ada, at(ada), { items: [item(1, 'house', 'changed')] });
  await trial.firewall.gate.data.remove(ada, at(ada), { where: { $key: { in: [keyOf(2)] } } });
  await trial.firewall.gate.data.put(ada, at(ada), { items: [item(3, 'only-me'), item(4, 'house'), item(7, 'house')] });
  await trial.firewall.gate.data.remove(ada, at(ada), { where: { $key: { eq: keyOf(7) } } });
  await trial.firewall.gate.data.put(ada, at(ada), { items: [item(8, 'only-me')] });
  await trial.firewall.gate.data.remove(ada, at(ada), { where: { $key: { eq: keyOf(8) } } });
  await trial.firewall.gate.data.remove(ada, guests, { where: { title: { eq: 'mine' } } });
  const back = listen(trial, bob, id, what);
  await back.until('ready');
  const told = back.events.slice(0, -1).map(({ type, data: text }) => { const { key, body } = JSON.parse(text) as { key: string; body?: { title: string } }; return `${type} ${key.includes('/') ? 'offer' : Buffer.from(key, 'base64url').toString().replaceAll('.', '')} ${body?.title ?? ''}`.trim(); });
  assert.deepEqual(told, ['put 1 changed', 'remove 2', 'remove 3', 'put 4 t4', 'remove 7', 'remove offer']);
  back.watch.stop();
});
