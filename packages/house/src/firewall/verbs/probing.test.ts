import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTrialFirewall, type TrialFirewall } from '../../testing/firewall.ts';
import { NOTES } from '../../testing/notes.ts';
import { ANYONE, type Caller } from '../caller.ts';

/* Two pods that differ only in what bob may not know must give bob the same answers, whatever is asked. */
let trial: TrialFirewall;
after(() => trial.close());

type Person = Caller & { persona: string };
const people = () => trial.people as Record<'ada' | 'zoe' | 'bob' | 'cleo' | 'dee', Person>;
const data = () => trial.firewall.gate.data;
const at = (persona: string, collection = 'lines') => ({ persona, service: 'notes', collection });
const KEYS = ['AAAAAAAAAAAAAAAAAAAAAA', 'BBBBBBBBBBBBBBBBBBBBBA', 'CCCCCCCCCCCCCCCCCCCCCA'];
const link = (owner: Person, other: Person, relation: string) => trial.firewall.gate.transact(owner, owner.persona, 'people', (tx) => tx.put('links', { body: { persona: other.persona, relation, createdAt: 1 } }));

async function fill(owner: Person, secret: string): Promise<void> {
  const hidden = secret === 'a' ? [] : [{ body: { title: 'hidden', rank: 0 }, audience: 'only-me' }, { body: { title: 'hidden too' }, audience: 'close' }];
  await data().put(owner, at(owner.persona), { items: [
    ...KEYS.map((key, rank) => ({ key, body: { title: `t${rank}`, rank, secret: `${secret}${rank}`, tags: [secret], done: rank > 0 }, audience: rank === 2 ? 'everyone' : 'house' })), ...hidden,
  ] });
  await data().put(owner, at(owner.persona, 'tallies'), { items: [{ key: KEYS[0], body: { title: secret, done: true } }] });
}

before(async () => {
  trial = openTrialFirewall(['ada', 'zoe', 'bob', 'cleo', 'dee'], NOTES);
  const { ada, zoe } = people();
  await fill(ada, 'a');
  await fill(zoe, 'b');
  for (const one of [ada, zoe]) {
    await link(one, people().cleo, 'close');
    await link(one, people().dee, 'block');
  }
});

type Ask = (caller: Caller, owner: Person) => Promise<unknown>;
/** The answer without what is random or must differ: cursors, ids of personas, times of the writes. */
async function answer(ask: Ask, caller: Caller, owner: Person): Promise<string> {
  const said = await ask(caller, owner).then((value) => (typeof value === 'string' ? value : JSON.stringify(value)), (error: { code: string; message: string; field?: string; expected?: string; kind: string }) =>
    JSON.stringify([error.kind, error.code, error.message, error.field, error.expected]));
  return said.replaceAll(owner.persona, 'OWNER').replaceAll(/"(prev|next|cursor)":"[^"]+"/g, '"$1":"…"').replaceAll(/"at":"[0-9a-f]+"/g, '"at":"…"');
}

const query = (input: object): Ask => (caller, owner) => data().query(caller, at(owner.persona), input);
const count = (input: object, collection = 'lines'): Ask => (caller, owner) => data().count(caller, at(owner.persona, collection), input);
const HIDDEN = ['secret', 'tags', 'done'];
const OPS: object[] = [{ eq: 'a0' }, { ne: 'a0' }, { gt: 'a' }, { lt: 'b' }, { in: ['a0', 'a1'] }, { nin: ['a0'] }, { prefix: 'a' }, { contains: 'a' }, { eq: null }, { eq: true }];

test('a field that is not for the caller cannot be told by where, order, select or by: the answer is that of a field that is not there', async () => {
  const { ada, zoe, bob } = people();
  const probes = (field: string): Ask[] => [
    ...OPS.map((op) => query({ where: { [field]: op } })), ...OPS.slice(0, 2).map((op) => query({ where: { any: [{ not: { [field]: op } }, { title: { eq: 't0' } }] } })),
    query({ order: [field] }), query({ order: [`-${field}`] }), query({ select: [field] }),
    ...(field === 'done' ? [] : [count({ by: field }), count({ where: { [field]: { eq: 'a0' } } }), count({ by: field }, 'tallies'), count({ where: { [field]: { prefix: 'a' } } }, 'tallies')]),
  ];
  for (const field of HIDDEN) {
    for (const [i, probe] of probes(field).entries()) {
      const absent = await answer(probes('nosuch')[i]!, bob, ada);
      assert.deepEqual([await answer(probe, bob, ada), await answer(probe, bob, zoe)].map((text) => text.replaceAll(field, 'nosuch')), [absent, absent], `${field} ${i}`);
      assert.match(absent, /unknown_field/);
    }
  }
});

test('records that are not for the caller move nothing: no page, order, count, cursor or group of bob\'s differs', async () => {
  const { ada, zoe, bob } = people();
  const asks: Ask[] = [
    query({}), query({ order: ['-rank'] }), query({ first: 1 }), query({ first: 3 }), query({ where: { title: { contains: 'hidden' } } }), query({ where: { rank: { lte: 0 } } }),
    query({ where: { $audience: { in: ['only-me', 'close'] } } }), query({ where: { not: { title: { prefix: 't' } } } }),
    count({}), count({ by: 'title' }), count({ by: '$audience' }), count({ by: 'done' }), count({}, 'tallies'), count({ by: 'done' }, 'tallies'),
  ];
  for (const [i, ask] of asks.entries()) assert.equal(await answer(ask, bob, ada), await answer(ask, bob, zoe), String(i));
  const cursorOf = async (owner: Person): Promise<string> => (JSON.parse(await data().query(bob, at(owner.persona), { first: 1 })) as { next: string }).next;
  assert.equal((await cursorOf(ada)).length, (await cursorOf(zoe)).length);
  assert.notEqual(await cursorOf(ada), await cursorOf(ada), 'nor can two be compared');
});

test('who may read all of some records and a part of others sees each as far as it is theirs, in finding and sorting, too', async () => {
  const { ada, cleo, bob } = people();
  const read = async (caller: Caller, input: object) => (JSON.parse(await data().query(caller, at(ada.persona), input)) as { items: { body: object; version?: string }[] }).items;
  assert.deepEqual((await read(cleo, { where: { secret: { eq: 'a0' } } })).map(({ body }) => body), [{ title: 't0', rank: 0, secret: 'a0', tags: ['a'], done: false }]);
  const [seen] = await read(bob, { where: { title: { eq: 't0' } } });
  assert.deepEqual(seen?.body, { title: 't0', rank: 0 });
  assert.equal(seen?.version, undefined, 'a version tells of every change');
  assert.deepEqual((await read(ANYONE, {})).map(({ body }) => body), [{ title: 't2' }]);
  assert.deepEqual((await read(bob, { select: ['rank'], first: 1 })).map(({ body }) => body), [{ rank: 0 }]);
});

test('denied and absent are one refusal in every verb, whatever is asked; the reason is in the owner\'s log alone', async () => {
  const { ada, bob, dee } = people();
  const nobody = `c${'a'.repeat(52)}`;
  const lines = [{}, { where: { secret: { eq: 1 } } }, { where: { nosuch: { eq: 1 } } }, { order: ['secret'] }];
  const refusals: Promise<unknown>[] = [];
  for (const input of lines) {
    const { order, ...finding } = input as { order?: string[]; where?: object };
    for (const target of [at(ada.persona), at(nobody), at(ada.persona, 'nothing'), { ...at(ada.persona), service: 'nothing' }, at(ada.persona, '__proto__'), at(ada.persona, 'box')]) {
      refusals.push(data().query(dee, target, input));
      if (order) continue;
      refusals.push(data().count(dee, target, finding));
      const where = finding.where ?? { $key: { eq: KEYS[0]! } };
      for (const caller of [bob, dee, ANYONE]) {
        refusals.push(data().remove(caller, target, { where }), data().patch(caller, target, { where, set: { title: 'x' } }));
        // What anybody signed in may add to: bob's offer is taken there.
        if (caller === bob && target.collection === 'box' && target.persona === ada.persona) continue;
        refusals.push(data().put(caller, target, { items: [{ key: KEYS[0], body: { title: 'x' } }] }), data().put(caller, target, { items: [{ body: { nosuch: 1 }, ifVersion: null }] }, 'once'));
      }
    }
  }
  const watcher = { hear: () => true, end: () => {} };
  for (const collections of [['lines'], ['nothing'], ['tallies'], ['lines', 'nothing']]) refusals.push((async () => data().watch(dee, { persona: ada.persona, service: 'notes', collections }, watcher))());
  refusals.push((async () => data().watch(ANYONE, { persona: nobody, service: 'notes', collections: ['lines'] }, watcher))());
  const said = new Set((await Promise.allSettled(refusals)).map((one) => {
    const { kind, code, message, field, expected } = (one as PromiseRejectedResult).reason as Record<string, string>;
    return JSON.stringify({ kind, code, message, field, expected });
  }));
  assert.deepEqual([...said], ['{"kind":"not_found","code":"not_found","message":"There is nothing here, or not for you."}']);
  const log = [...trial.firewall.exportOf(ada.persona)!].map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ type, refused }) => type === 'access' && refused);
  const reasons = new Set(log.map(({ caller, collection, verb, rule }) => `${caller === dee.persona ? 'dee' : caller === bob.persona ? 'bob' : String(caller)} ${String(verb)} ${String(collection)}: ${String(rule)}`));
  for (const due of ['dee read lines: blocked', 'dee count lines: blocked', 'dee watch lines: blocked', 'bob remove lines: no_rule', 'bob add lines: no_rule', 'anyone add box: no_rule', 'bob read lines: no_field']) {
    assert.ok(reasons.has(due), `${due} is not among ${[...reasons].join('\n')}`);
  }
});

test('a cursor opens for its caller, collection and order alone', async () => {
  const { ada, zoe, bob, cleo } = people();
  const order = ['-rank'];
  const { next } = JSON.parse(await data().query(bob, at(ada.persona), { order, first: 1 })) as { next: string };
  const bad = { code: 'bad_cursor', kind: 'invalid' };
  assert.equal((JSON.parse(await data().query({ ...bob, session: 'another' } as Caller, at(ada.persona), { order, first: 1, after: next })) as { items: unknown[] }).items.length, 1);
  for (const [caller, owner, input] of [[cleo, ada, { order }], [ANYONE, ada, { order: ['-title'] }], [bob, zoe, { order }], [bob, ada, { order: ['rank'] }], [bob, ada, {}]] as const) {
    await assert.rejects(data().query(caller, at(owner.persona), { ...input, after: next }), bad);
  }
  const flipped = Buffer.from(next, 'base64url');
  flipped[20]! ^= 1;
  for (const after of [flipped.toString('base64url'), next.slice(0, -4), 'AAAA', '*', `${next}AAAA`]) await assert.rejects(data().query(bob, at(ada.persona), { order, after }), bad);
  const watched = { persona: ada.persona, service: 'notes', collections: ['lines'], since: next };
  await assert.rejects(async () => data().watch(bob, watched, { hear: () => true, end: () => {} }), { ...bad, field: 'since' });
});

test('housemates\' reading is counted by audience and verb, without names; the owner\'s leaves no line', async () => {
  const { zoe, bob } = people();
  const counted = () => Object.fromEntries([...trial.firewall.exportOf(zoe.persona)!].map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ type, refused, service }) => type === 'access' && !refused && service === 'notes').map(({ caller, audience, verb, collection, count: n }) => [`${String(caller)} ${String(collection)} ${String(verb)} ${String(audience).slice(0, 5)}`, n as number]));
  const before = counted();
  await data().query(bob, at(zoe.persona), {});
  await data().count(bob, at(zoe.persona), {});
  await data().query(zoe, at(zoe.persona), {});
  const fresh = Object.fromEntries(Object.entries(counted()).map(([name, n]) => [name, n - (before[name] ?? 0)]).filter(([, n]) => n !== 0));
  assert.deepEqual(fresh, { 'null lines read house': 2, 'null lines read every': 1, 'null lines count house': 1, 'null lines count every': 1 });
});
