import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, beforeEach, test } from 'node:test';
import { toBase64Url } from '@commonhold/core';
import fc from 'fast-check';
import { openSqlite } from '../sqlite/port.ts';
import { openTrialHouse, type Person } from '../testing/house.ts';
import { ANYONE, type Caller } from './caller.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo']);
after(() => trial.close());
const { ada, bob, cleo } = trial.people as Record<'ada' | 'bob' | 'cleo', Person>;
const gate = () => trial.house.gate;
const newKey = () => toBase64Url(trial.house.suite.random(16));
const put = (caller: Person, collection: string, body: object, audience?: string, key?: string) => gate().transact(caller, caller.persona, collection === 'posts' ? 'microblog' : 'people',
  (tx) => tx.put(collection, { body: body as never, ...(audience === undefined ? {} : { audience }), ...(key === undefined ? {} : { key }) }));
const link = (caller: Person, other: Person, relation: string) => put(caller, 'links', { persona: other.persona, relation, createdAt: 1 });
const unlink = (caller: Person, key: string) => gate().transact(caller, caller.persona, 'people', (tx) => tx.remove('links', key));
const lines = (persona: Person) => [...trial.house.firewall.exportOf(persona.persona)!].map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ type }) => type === 'access');
const logged = (persona: Person) => lines(persona).map(({ caller, service, collection, verb, refused, rule, audience, count }) =>
  [caller ?? 'somebody', `${service}.${collection}`, verb, refused ? `refused: ${rule}` : audience === null ? 'by name' : String(audience).slice(0, 5), count].join(' | ')).sort();

// Each test begins with an empty log.
beforeEach(async () => {
  await trial.shut();
  const db = openSqlite(`${trial.folder}/log.db`, { durability: 'normal' });
  db.exec('DELETE FROM counts; DELETE FROM named');
  db.close();
  await trial.open();
});

const owner: Caller = { kind: 'owner', persona: ada.persona };
const callers: readonly [string, Caller][] = [['owner', ada], ['owner on the machine', owner], ['housemate', bob], ['anyone', ANYONE]];
const MAY_READ: Readonly<Record<string, readonly string[]>> = {
  'posts house': ['owner', 'owner on the machine', 'housemate'],
  'posts everyone': ['owner', 'owner on the machine', 'housemate', 'anyone'],
  'profile house': ['owner', 'owner on the machine', 'housemate'],
  'profile everyone': ['owner', 'owner on the machine', 'housemate', 'anyone'],
  'links only-me': ['owner', 'owner on the machine'],
  'followers only-me': ['owner', 'owner on the machine'],
};

test('who may read what: one record, a list and a whole lane give the same answer', async () => {
  for (const [row, allowed] of Object.entries(MAY_READ)) {
    const [collection = '', audience = ''] = row.split(' ');
    const service = collection === 'posts' ? 'microblog' : 'people';
    const key = await aRecord(collection, audience);
    const stored = audience === 'house' ? `house:${trial.house.household.persona}` : audience;
    for (const [name, caller] of callers) {
      const may = allowed.includes(name);
      const reader = gate().reader(caller, ada.persona, service);
      assert.equal(gate().get(caller, ada.persona, service, collection, key) !== null, may, `${name} gets ${row}`);
      assert.equal(reader?.list(collection).some((item) => item.key === key) ?? false, may, `${name} lists ${row}`);
      assert.equal(gate().mayReadLane(caller, ada.persona, service, collection, stored), may, `${name} has the lane of ${row}`);
    }
  }
});

async function aRecord(collection: string, audience: string): Promise<string> {
  if (collection === 'posts') return (await put(ada, 'posts', { text: audience, createdAt: 1 }, audience)).key;
  if (collection === 'profile') return (await put(ada, 'profile', { name: 'Ada' }, audience)).key;
  if (collection === 'links') return (await link(ada, cleo, 'close')).key;
  await trial.house.people.follow(cleo, ada.persona);
  await trial.house.outbox.idle();
  return gate().reader(ada, ada.persona, 'people')!.list('followers')[0]!.key;
}

test('another house\'s people are not of this house', () => {
  assert.equal(gate().mayReadLane(bob, ada.persona, 'microblog', 'posts', `house:c${'a'.repeat(52)}`), false);
});

test('denied and absent are the same: null, and false for a lane', async () => {
  const { key } = await put(ada, 'posts', { text: 'for the house', createdAt: 1 }, 'house');
  const nobody = `c${'a'.repeat(52)}`;
  const denied = gate().get(ANYONE, ada.persona, 'microblog', 'posts', key);
  const absent = [
    gate().get(ANYONE, ada.persona, 'microblog', 'posts', newKey()), gate().get(ada, ada.persona, 'microblog', 'drafts', key),
    gate().get(ada, ada.persona, 'elsewhere', 'posts', key), gate().get(ada, nobody, 'microblog', 'posts', key), gate().reader(ada, nobody, 'microblog').get('posts', key),
  ];
  assert.deepEqual([denied, ...absent], Array(6).fill(null));
  assert.equal(gate().mayReadLane(ada, nobody, 'microblog', 'posts', 'everyone'), false);
  await assert.rejects(gate().transact(ada, nobody, 'microblog', () => 1), { code: 'denied' });
  await assert.rejects(gate().transact(ada, ada.persona, 'elsewhere', () => 1), { code: 'denied' });
});

test('only the owner writes; whoever else tries learns the same whether the record is there or not', async () => {
  const post = await put(ada, 'posts', { text: 'mine', createdAt: 1 }, 'everyone');
  for (const caller of [bob, ANYONE]) {
    for (const key of [post.key, newKey()]) {
      for (const collection of ['posts', 'nothing']) {
        const into = (work: Parameters<ReturnType<typeof gate>['transact']>[3]) => gate().transact(caller, ada.persona, 'microblog', work);
        await assert.rejects(into((tx) => tx.put(collection, { key, body: { text: 'x', createdAt: 1 }, audience: 'everyone' })), { code: 'denied' });
        await assert.rejects(into((tx) => tx.remove(collection, key)), { code: 'denied' });
      }
    }
  }
  await assert.rejects(gate().transact(bob, ada.persona, 'people', (tx) => tx.put('followers', { body: { persona: bob.persona, relation: 'follower', createdAt: 1 } })),
    { code: 'denied' }, 'a follower comes by a signed offer only');
  await assert.rejects(gate().transact(bob, ada.persona, 'people', (tx) => tx.effect(cleo.persona, { op: 'remove' })), { code: 'denied' });
  await assert.rejects(gate().transact(bob, ada.persona, 'microblog', (tx) => tx.once('k', new Uint8Array(1), () => 1)), { code: 'denied' });
  assert.equal(gate().reader(ada, ada.persona, 'microblog')!.get('posts', post.key)?.body, post.body);
});

test('what the contract does not know is refused with the field and what was expected', async () => {
  const good = { text: 'x', createdAt: 1 };
  await assert.rejects(put(ada, 'posts', { text: 'x' }), { code: 'bad_body', field: '/createdAt' });
  await assert.rejects(put(ada, 'posts', { ...good, mood: 'fine' }), { code: 'bad_body' });
  await assert.rejects(put(ada, 'posts', good, 'linked'), { code: 'bad_audience', expected: 'only-me, close, followers, house, everyone' });
  await assert.rejects(put(ada, 'drafts', good), { code: 'denied' });
  await assert.rejects(put(ada, 'posts', good, 'house', 'not a key'), { code: 'bad_key' });
  await assert.rejects(put(ada, 'profile', { name: 'Ada' }, 'house', newKey()), { code: 'bad_key' });
  assert.equal((await put(ada, 'profile', { name: 'Ada again' })).key, 'self', 'a single collection has one key');
  assert.equal((await put(ada, 'posts', good)).audience, 'house', 'the narrower one unless asked');
});

test('a block denies first, both ways, everywhere; and ends with the link', async () => {
  const { microblog, people, views, housemates } = trial.house;
  const post = await put(ada, 'posts', { text: 'for all', createdAt: 1 }, 'everyone');
  const other = await put(bob, 'posts', { text: 'for all too', createdAt: 2 }, 'everyone');
  const sees = async (caller: Caller & { persona: string }, { persona }: Person, key: string): Promise<boolean[]> => [
    gate().get(caller, persona, 'microblog', 'posts', key) !== null,
    gate().reader(caller, persona, 'microblog')!.list('posts').length > 0,
    (await microblog.houseTimeline(caller, {})).includes(key), (await microblog.byPersona(caller, persona, {})).includes(key),
    await microblog.thread(caller, persona, key).then(() => true, (error: { code: string }) => error.code !== 'post_unknown'),
    gate().mayReadLane(caller, persona, 'microblog', 'posts', 'everyone'),
    people.list(caller).some((one) => one.persona === persona),
    await Promise.resolve().then(() => people.profile(caller, housemates.handleOf(persona)!)).then(() => true, (error: { code: string }) => error.code !== 'person_unknown'),
    await views.ask(({ posts }) => posts.mayRead(caller.persona, persona, 'everyone')),
  ];
  assert.deepEqual([...await sees(bob, ada, post.key), ...await sees(ada, bob, other.key)], Array(18).fill(true));
  const { key } = await link(ada, bob, 'block');
  assert.deepEqual([...await sees(bob, ada, post.key), ...await sees(ada, bob, other.key)], Array(18).fill(false));
  assert.deepEqual(await sees(cleo, ada, post.key), Array(9).fill(true), 'others are not touched');
  await assert.rejects(microblog.post(bob, { text: 'but…', audience: 'everyone', replyTo: { persona: ada.persona, key: post.key } }), { code: 'post_unknown' });
  const heard: string[] = [];
  const stop = [microblog.live(bob, ({ data }) => heard.push(data)), microblog.live(cleo, ({ type, data }) => heard.push(`${type} ${data.includes('only now') ? 'cleo' : ''}`))];
  const { key: late } = await microblog.post(ada, { text: 'only now', audience: 'everyone' });
  await microblog.houseTimeline(cleo, {});
  assert.deepEqual(heard, ['post cleo']);
  for (const end of stop) end();
  await unlink(ada, key);
  assert.deepEqual([...await sees(bob, ada, late), ...await sees(ada, bob, other.key)], Array(18).fill(true));
});

test('a block with a commit that failed is no block, and a follow neither', async () => {
  const { relations } = trial.house.firewall;
  const failing = gate().transact(ada, ada.persona, 'people', (tx) => {
    tx.put('links', { body: { persona: bob.persona, relation: 'block', createdAt: 1 } });
    assert.deepEqual(relations.between(ada.persona, bob.persona), ['block'], 'the write itself sees it');
    throw new TypeError('second thoughts');
  });
  await assert.rejects(failing, TypeError);
  assert.deepEqual(relations.between(ada.persona, bob.persona), []);
});

test('relations are what the links say, after each change of them', async () => {
  const { firewall, people, outbox } = trial.house;
  const now = (from: Person, to: Person) => firewall.relations.between(from.persona, to.persona);
  assert.deepEqual(now(bob, ada), []);
  await Promise.all([people.follow(bob, ada.persona), people.follow(bob, ada.persona)]);
  assert.equal(gate().reader(bob, bob.persona, 'people')!.list('links').length, 1, 'following twice at once is following once');
  await outbox.idle();
  assert.deepEqual([now(bob, ada), now(ada, bob)], [['follow'], ['follower']]);
  const { key } = await link(bob, ada, 'mute');
  assert.deepEqual(now(bob, ada).toSorted(), ['follow', 'mute']);
  await people.unfollow(bob, ada.persona);
  await outbox.idle();
  assert.deepEqual([now(bob, ada), now(ada, bob)], [['mute'], []]);
  await unlink(bob, key);
  assert.deepEqual(now(bob, ada), []);
  await assert.rejects(people.follow(bob, bob.persona), { code: 'follow_self' });
  await assert.rejects(people.follow(bob, `c${'a'.repeat(52)}`), { code: 'person_unknown' });
});

test('the log: an owner leaves nothing, housemates a count without names, strangers their refusals and writes by name', async () => {
  const post = await put(ada, 'posts', { text: 'for the house', createdAt: 1 }, 'house');
  const open = await put(ada, 'posts', { text: 'for all', createdAt: 1 }, 'everyone');
  gate().get(ada, ada.persona, 'microblog', 'posts', post.key);
  gate().get(owner, ada.persona, 'microblog', 'posts', post.key);
  assert.deepEqual(logged(ada), []);
  for (const caller of [bob, bob, cleo]) gate().get(caller, ada.persona, 'microblog', 'posts', post.key);
  gate().get(ANYONE, ada.persona, 'microblog', 'posts', post.key);
  gate().get(ANYONE, ada.persona, 'microblog', 'posts', open.key);
  gate().get(bob, ada.persona, 'people', 'links', newKey());
  gate().get(bob, ada.persona, 'people', 'links', newKey());
  gate().mayReadLane(ANYONE, ada.persona, 'microblog', 'posts', 'only-me');
  await assert.rejects(gate().transact(cleo, ada.persona, 'microblog', (tx) => tx.remove('posts', post.key)));
  await trial.house.people.follow(bob, ada.persona);
  await trial.house.outbox.idle();
  assert.deepEqual(logged(ada), [
    'anyone | microblog.posts | read | refused: no_audience | 1',
    `${bob.persona} | people.links | read | refused: no_rule | 2`,
    `${cleo.persona} | microblog.posts | remove | refused: no_offer | 1`,
    `${bob.persona} | people.followers | add | by name | 1`,
    'anyone | microblog.posts | read | every | 1',
    'somebody | microblog.posts | read | house | 3',
    // To follow is to look first whether they are locked.
    'somebody | people.profile | read | every | 1',
  ].sort());
  gate().get(bob, ada.persona, 'microblog', 'posts', post.key);
  const before = logged(ada);
  gate().get(bob, ada.persona, 'microblog', 'posts', post.key);
  await trial.shut();
  await trial.open();
  assert.notDeepEqual(logged(ada), before, 'what was only counted in memory is on disk after a close');
  assert.ok(logged(ada).includes('somebody | microblog.posts | read | house | 5'));
  await trial.house.people.unfollow(bob, ada.persona);
});

test('a key of idempotency: the same answer for the same request, also after a restart; another request is refused', async () => {
  const wanted = { text: 'once', audience: 'house', idempotencyKey: newKey() };
  const post = () => trial.house.microblog.post(ada, wanted);
  const [first, second] = await Promise.all([post(), post()]);
  trial.clock.ms += 1000;
  assert.deepEqual([second, await post()], [first, first]);
  await assert.rejects(trial.house.microblog.post(ada, { ...wanted, text: 'twice' }), { code: 'key_reused' });
  assert.notEqual((await trial.house.microblog.post(bob, wanted)).persona, first.persona, 'keys are each person\'s own');
  await trial.shut();
  await trial.open();
  assert.deepEqual(await post(), first);
  await assert.rejects(trial.house.microblog.post(ada, { ...wanted, audience: 'everyone' }), { code: 'key_reused' });
  await trial.house.microblog.remove(ada, first.key);
  await assert.rejects(post(), { code: 'post_removed', kind: 'gone' }, 'a late retry does not bring back what was removed');
  const failing = { text: 'answer', audience: 'house', idempotencyKey: newKey(), replyTo: { persona: bob.persona, key: newKey() } };
  await assert.rejects(trial.house.microblog.post(ada, failing), { code: 'post_unknown' });
  const { replyTo: _none, ...mended } = failing;
  assert.equal((await trial.house.microblog.post(ada, mended)).body.text, 'answer', 'a refused request used nothing up');
});

test('nothing but the chain remembers a removed post, the kept answer neither', async () => {
  const text = 'I should not have said that';
  const { key } = await trial.house.microblog.post(ada, { text, audience: 'house', idempotencyKey: newKey() });
  const file = trial.podFile('ada');
  await trial.shut();
  assert.ok(readFileSync(file).includes(text));
  await trial.open();
  await trial.house.microblog.remove(ada, key);
  await trial.shut();
  for (const name of [file, `${trial.folder}/views.db`, `${trial.folder}/log.db`, `${trial.folder}/house.db`]) assert.equal(readFileSync(name).includes(text), false, name);
  await trial.open();
});

const step = fc.record({ does: fc.constantFrom('put', 'put', 'read', 'read', 'remove', 'undone', 'together'), key: fc.nat(3), open: fc.boolean() });

test('rows come out as they were last committed, whatever is read in between', async () => {
  const keys = Array.from({ length: 4 }, newKey);
  const model = new Map<string, { text: string; audience: string }>();
  const tx = <T>(work: Parameters<typeof trial.house.gate.transact<T>>[3]) => gate().transact(ada, ada.persona, 'microblog', work);
  const read = (caller: Caller, key: string) => {
    const item = gate().reader(caller, ada.persona, 'microblog')!.get('posts', key);
    return item && { text: (JSON.parse(item.body) as { text: string }).text, audience: item.audience };
  };
  let n = 0;
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
    for (const { does, key: index, open } of steps) {
      const key = keys[index]!;
      const row = { text: `text ${n++}`, audience: open ? 'everyone' : 'house' };
      const item = { key, body: { text: row.text, createdAt: 1 }, audience: row.audience };
      if (does === 'put') { await tx((one) => one.put('posts', item)); model.set(key, row); }
      if (does === 'remove') { await tx((one) => one.remove('posts', key)); model.delete(key); }
      if (does === 'undone') await assert.rejects(tx((one) => { one.put('posts', item); assert.deepEqual(read(ada, key), row); throw new TypeError(); }));
      if (does === 'together') {
        await Promise.allSettled([
          tx((one) => { one.put('posts', item); assert.deepEqual(read(bob, key), row); throw new TypeError(); }),
          tx((one) => { assert.deepEqual(read(bob, key), model.get(key) ?? null); one.put('posts', item); }).then(() => { model.set(key, row); }),
        ]);
      }
      for (const one of keys) {
        const there = model.get(one) ?? null;
        assert.deepEqual([read(ada, one), read(bob, one), read(ANYONE, one)], [there, there, there?.audience === 'everyone' ? there : null]);
      }
    }
  }), { numRuns: 25 });
});
