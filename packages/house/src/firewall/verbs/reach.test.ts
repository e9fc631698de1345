import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openSqlite } from '../../sqlite/port.ts';
import { openTrialFirewall, type TrialFirewall } from '../../testing/firewall.ts';
import { NOTES } from '../../testing/notes.ts';
import { ANYONE, type Caller } from '../caller.ts';

type Somebody = Caller & { persona: string };
interface Item { body: { title: string; secret?: string }; cursor: string; origin: string; proof: string; version?: string }
interface Answer { items: Item[]; prev: string | null; next: string | null; origins: { persona: string; ok: boolean; count?: number; problem?: string }[] }

let trial: TrialFirewall;
let who: Record<string, Somebody>;
const AWAY = `c${'b'.repeat(52)}`;
const names = ['ada', 'bob', 'cleo', 'dan', 'eve', 'fay', 'gus'];
const data = () => trial.firewall.gate.data;
const at = (of: Somebody) => ({ persona: of.persona, service: 'notes', collection: 'lines' });
const link = (from: Somebody, to: string, relation: string) => trial.firewall.gate.transact(from, from.persona, 'people', (tx) => tx.put('links', { body: { persona: to, relation, createdAt: 1 } }));
const ask = async (input: object, caller: Caller = who['ada']!, of = who['ada']!): Promise<Answer> => JSON.parse(await data().query(caller, at(of), input)) as Answer;
const nameOf = (persona: string): string => names.find((name) => who[name]!.persona === persona) ?? 'away';
const came = ({ origins }: Answer): string[] => origins.map(({ persona, ok, count, problem }) => `${nameOf(persona)} ${ok ? count : problem}`);

// ada follows everybody, bob twice over; dan blocks ada; eve trusts ada; gus's file is damaged; one lives elsewhere.
before(async () => {
  trial = openTrialFirewall(names, NOTES);
  who = trial.people as Record<string, Somebody>;
  const { ada, bob, dan, eve } = who as Record<'ada' | 'bob' | 'dan' | 'eve', Somebody>;
  for (const name of names.slice(1)) await link(ada, who[name]!.persona, 'follow');
  await link(ada, bob.persona, 'close');
  await link(ada, AWAY, 'follow');
  await link(dan, ada.persona, 'block');
  await link(eve, ada.persona, 'close');
  for (const [i, name] of names.entries()) {
    const items = Array.from({ length: 4 }, (_, k) => ({ body: { title: `${name} ${k}`, rank: k * 10 + i, secret: 's' }, audience: name === 'eve' ? 'close' : 'house' }));
    await data().put(who[name]!, at(who[name]!), { items });
  }
  const gus = who['gus']!.persona;
  trial.firewall.close();
  const file = openSqlite(join(trial.folder, 'pods', `pod-${gus}.db`), { durability: 'full' });
  file.exec(`UPDATE statements SET signed = replace(signed, '"by"', '"bye"')`);
  file.close();
  trial.reopen();
});
after(() => trial.close());

const linked = ['follow', 'close'];

test('one’s own pod and those of one’s links, each once, sorted together; each record says where it is from and who vouches for it', async () => {
  const answer = await ask({ reach: { linked }, order: ['rank'] });
  assert.deepEqual(came(answer), ['ada 4', 'bob 4', 'cleo 4', 'dan not_reachable_yet', 'eve 4', 'fay 4', 'gus not_found', 'away not_reachable_yet']);
  assert.deepEqual(answer.items.slice(0, 6).map(({ body }) => body.title), ['ada 0', 'bob 0', 'cleo 0', 'eve 0', 'fay 0', 'ada 1']);
  for (const { origin, body, proof } of answer.items) assert.deepEqual([nameOf(origin), proof], [body.title.split(' ')[0], 'home']);
  assert.deepEqual([...new Set(answer.items.filter(({ body }) => body.secret).map(({ origin }) => nameOf(origin)))], ['ada', 'eve'], 'of each what its pod lets one read');
  assert.deepEqual(came(await ask({ reach: { linked: ['close'] } })), ['ada 4', 'bob 4']);
  assert.deepEqual(came(await ask({ reach: { linked: ['friend'] } })), ['ada 4']);
});

test('pages go on from any record, in both directions, over all pods as over one', async () => {
  const whole = (await ask({ reach: { linked }, order: ['-rank'] })).items;
  assert.equal(whole.length, 20);
  const titles = (items: readonly Item[]): string[] => items.map(({ body }) => body.title);
  for (let first = 1; first < 8; first += 3) {
    const walked: Item[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: Answer = await ask({ reach: { linked }, order: ['-rank'], first, ...(after === null ? {} : { after }) });
      walked.push(...page.items);
      after = page.next;
      more = page.next !== null;
    }
    assert.deepEqual(titles(walked), titles(whole));
  }
  const middle = whole[10]!;
  assert.deepEqual(titles((await ask({ reach: { linked }, order: ['-rank'], first: 3, after: middle.cursor })).items), titles(whole.slice(11, 14)));
  assert.deepEqual(titles((await ask({ reach: { linked }, order: ['-rank'], first: 3, before: middle.cursor })).items), titles(whole.slice(7, 10)));
  const alone = await ask({ order: ['-rank'] });
  assert.deepEqual(titles((await ask({ order: ['-rank'], after: alone.items[1]!.cursor })).items), ['ada 1', 'ada 0']);
  for (const input of [{ order: ['-rank'], after: middle.cursor }, { reach: { linked: ['close'] }, order: ['-rank'], after: middle.cursor }]) await assert.rejects(ask(input), { code: 'bad_cursor' });
});

test('what may not be asked of a pod is that pod’s answer; what is asked wrongly is refused', async () => {
  const secret = await ask({ reach: { linked }, where: { secret: { eq: 's' } }, order: ['rank'] });
  assert.deepEqual(came(secret), ['ada 4', 'bob unknown_field', 'cleo unknown_field', 'dan not_reachable_yet', 'eve 4', 'fay unknown_field', 'gus not_found', 'away not_reachable_yet']);
  assert.deepEqual(came(await ask({ reach: { linked }, where: { title: { prefix: 'bob' } } })).slice(0, 2), ['ada 0', 'bob 4']);
  for (const caller of [who['bob']!, ANYONE]) await assert.rejects(ask({ reach: { linked } }, caller), { code: 'reach_not_yours' });
  for (const name of ['block', 'mute']) await assert.rejects(ask({ reach: { linked: [name] } }), { code: 'bad_relation' });
  for (const reach of [{}, { linked: [] }, { linked, deadlineMs: 0 }, { linked, deadlineMs: 10_001 }, { linked, hops: 2 }]) await assert.rejects(ask({ reach }), { kind: 'invalid' });
});

test('what is not there in time is left out, and its pod says so; the answers of the others are given', async () => {
  await data().put(who['fay']!, at(who['fay']!), { items: Array.from({ length: 100 }, (_, i) => ({ body: { title: `fay ${i} ${'x'.repeat(300)}`, rank: i } })) });
  let late = 0;
  for (let i = 0; i < 40; i++) {
    const answer = await ask({ reach: { linked, deadlineMs: 1 + (i % 4) }, first: 500 });
    assert.equal(answer.origins.length, 8);
    for (const { persona, ok, count, problem } of answer.origins) {
      const of = answer.items.filter(({ origin }) => origin === persona).length;
      assert.equal(of, ok ? count : 0);
      assert.ok(!ok || of === (nameOf(persona) === 'fay' ? 104 : 4), 'a pod is told whole or not at all');
      if (problem === 'deadline') late++;
    }
  }
  assert.ok(late > 0, 'some were late');
});

test('each pod that was reached has its line in the log, as if it had been asked alone', async () => {
  const reads = (name: string): number => trial.firewall.log.days(who[name]!.persona, null, 1).days.flatMap(({ lines }) => lines).filter(({ service, verb }) => service === 'notes' && verb === 'read').reduce((sum, { n }) => sum + n, 0);
  const before = ['bob', 'cleo', 'eve'].map(reads);
  await ask({ reach: { linked }, where: { title: { prefix: 'bob' } } });
  assert.deepEqual(['bob', 'cleo', 'eve'].map((name, i) => reads(name) - before[i]!), [4, 0, 0]);
});
