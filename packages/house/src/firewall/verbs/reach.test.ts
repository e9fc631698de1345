import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openSqlite } from '../../sqlite/port.ts';
import { openTrialFirewall, type TrialFirewall } from '../../testing/firewall.ts';
import { NOTES } from '../../testing/notes.ts';
import { ANYONE, type Caller, type Somebody } from '../caller.ts';

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

/* A service with links of its own, which its rules ask both sides for. */
const TEXT = { type: 'string', maxLength: 100 };
const OWNER = { who: 'owner', may: ['read', 'add', 'change', 'remove', 'watch'] };
const CIRCLE = {
  commonhold: 'contract/1', service: { id: 'A'.repeat(43), name: 'circle', title: 'Circle', publisher: 'The circle’s makers', key: 'A'.repeat(43), origins: ['https://circle.example'] }, version: 1, purpose: 'Write to friends.',
  collections: {
    lines: { kind: 'list', item: 'line', audiences: ['only-me', 'linked'], defaultAudience: 'linked', allow: [OWNER, { who: { linked: ['friend'], mutual: true }, may: ['read', 'watch'] }] },
    friends: { kind: 'links', item: 'link', allow: [OWNER] },
    kin: { kind: 'links', item: 'cousin', allow: [OWNER] },
  },
  data: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: {
      line: { type: 'object', additionalProperties: false, properties: { title: TEXT } },
      link: { type: 'object', additionalProperties: false, required: ['persona', 'relation'], properties: { persona: TEXT, relation: { const: 'friend' } } },
      cousin: { type: 'object', additionalProperties: false, required: ['persona', 'relation'], properties: { persona: TEXT, relation: { enum: ['cousin', 'friend'] } } },
    },
  },
};

test('links of the service itself: both sides’ word where a rule asks for it, and none that an app was not let see', async (t) => {
  const circle = openTrialFirewall(['ada', 'bob', 'cleo', 'dan', 'eve'], CIRCLE);
  t.after(() => circle.close());
  const { gate } = circle.firewall;
  const people = circle.people as Record<'ada' | 'bob' | 'cleo' | 'dan' | 'eve', Somebody>;
  const { ada, bob, cleo, dan, eve } = people;
  const lines = (of: Somebody) => ({ persona: of.persona, service: CIRCLE.service.id, collection: 'lines' });
  const befriend = async (from: Somebody, to: Somebody, relation = 'friend', collection = 'friends'): Promise<string> =>
    (await gate.data.put(from, { persona: from.persona, service: CIRCLE.service.id, collection }, { items: [{ body: { persona: to.persona, relation } }] })).items[0]!.key;
  for (const one of Object.values(people)) await gate.data.put(one, lines(one), { items: [{ body: { title: 'x' } }] });
  // bob and ada say it of each other, in different collections; cleo says it, dan was told so, eve is something else and followed.
  await befriend(ada, bob);
  const back = await befriend(bob, ada, 'friend', 'kin');
  await befriend(cleo, ada);
  await befriend(ada, dan);
  await befriend(ada, eve, 'cousin', 'kin');
  await gate.transact(ada, ada.persona, 'people', (tx) => tx.put('links', { body: { persona: eve.persona, relation: 'follow', createdAt: 1 } }));
  const read = async (caller: Caller, of: Somebody): Promise<string> => gate.data.query(caller, lines(of), {}).then(() => 'read', (error: { code: string }) => error.code);
  assert.deepEqual([await read(bob, ada), await read(ada, bob), await read(ada, cleo), await read(cleo, ada), await read(dan, ada), await read(ada, dan)], ['read', 'read', 'not_found', 'not_found', 'not_found', 'not_found']);
  const reach = async (caller: Caller, ...linked: string[]): Promise<string> => {
    const { origins } = JSON.parse(await gate.data.query(caller, lines(ada), { reach: { linked } })) as Answer;
    return origins.map(({ persona, ok, problem }) => `${Object.entries(people).find(([, one]) => one.persona === persona)![0]} ${ok ? 'ok' : problem}`).sort().join(', ');
  };
  assert.equal(await reach(ada, 'friend'), 'ada ok, bob ok, dan not_found');
  assert.equal(await reach(ada, 'cousin', 'follow'), 'ada ok, eve not_found');
  const app = (services: string[] | null, collections?: string[] | null): Caller =>
    ({ kind: 'app', persona: ada.persona, token: 't', label: 'app', services, write: false, ...(collections !== undefined && { grant: { origin: 'https://circle.example', collections } }) });
  const script = app([CIRCLE.service.id]);
  assert.deepEqual([await reach(script, 'friend'), await reach(script, 'follow'), await reach(app(null), 'follow')], ['ada ok, bob ok, dan not_found', 'ada ok', 'ada ok, eve not_found']);
  assert.deepEqual([await reach(app([CIRCLE.service.id], ['lines']), 'friend', 'cousin'), await reach(app([CIRCLE.service.id], ['lines', 'kin']), 'friend', 'cousin', 'follow')], ['ada ok', 'ada ok, eve not_found']);
  const ended = new Promise<void>((resolve) => { gate.data.watch(bob, { ...lines(ada), collections: ['lines'] }, { hear: () => true, end: resolve }); });
  await gate.data.remove(bob, { persona: bob.persona, service: CIRCLE.service.id, collection: 'kin' }, { where: { $key: { eq: back } } });
  await ended;
  assert.deepEqual([await read(bob, ada), await read(ada, bob)], ['not_found', 'not_found']);
});
