import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileContract, parseContract } from '@commonhold/core';
import { openSqlite } from '../sqlite/port.ts';
import { makeAccessLog } from '../store/log/access-log.ts';
import { openTrialPods } from '../testing/pods.ts';
import type { EnforcedContract } from './contracts.ts';
import { makeCursors } from './verbs/cursor.ts';
import { makeContractBook } from './contract-book.ts';
import { makeFacts } from './facts.ts';
import { makeFeed } from './feed.ts';
import { makeGate } from './gate.ts';
import { makeHomes } from './homes.ts';
import { makeIdentity } from './identity.ts';
import { makeRelationBook } from './relations.ts';
import { FREE } from './order.ts';
import { makeRowCache } from './row-cache.ts';

const NOTES = {
  commonhold: 'contract/1', service: { id: 'notes', name: 'notes', title: 'Notes', publisher: 'Commonhold', key: null }, version: 1, purpose: 'Keep notes.',
  collections: {
    lines: {
      kind: 'list', item: 'line', label: { one: 'line', many: 'lines' }, cluster: 'Your notes', audiences: ['house', 'everyone'], defaultAudience: 'house',
      limits: { count: 2, itemBytes: 40 }, allow: [{ who: 'owner', may: ['read', 'add', 'change', 'remove'] }],
    },
    pages: { kind: 'list', item: 'page', allow: [{ who: 'owner', may: ['read', 'add', 'change', 'remove'] }] },
    friends: { kind: 'links', item: 'link', allow: [{ who: 'owner', may: ['read', 'add', 'change', 'remove'] }] },
  },
  data: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: {
      page: { type: 'object', properties: { text: { type: 'string', maxLength: 60_000 } }, required: ['text'], additionalProperties: false },
      link: { type: 'object', properties: { persona: { type: 'string', maxLength: 60 }, relation: { const: 'friend' } }, required: ['persona', 'relation'], additionalProperties: false },
      line: { type: 'object', properties: { text: { type: 'string', maxLength: 100 } }, required: ['text'], additionalProperties: false },
    },
  },
};

/** `key`: the service is somebody else's; `budget`: what a pod may come to. */
function openNotes({ key = null, budget = 0 }: { key?: string | null; budget?: number } = {}) {
  const trial = openTrialPods();
  const parsed = parseContract(NOTES);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  const compiled = compileContract(parsed.value);
  assert.ok(compiled.ok);
  const { service, hash } = trial.pod.personas.get(trial.persona)!.contracts.get('notes')!;
  const contract: EnforcedContract = { service, hash, text: '', contract: { ...parsed.value, service: { ...parsed.value.service, key } }, compiled: compiled.value, earlier: [] };
  const find = makeHomes(trial.pods, (persona) => (persona === trial.persona ? trial.pod.id : null));
  const now = () => trial.clock.ms;
  const relations = makeRelationBook(find);
  const house = `c${'a'.repeat(52)}`;
  const pen = { suite: trial.suite, signer: { seed: () => trial.seed, device: () => trial.suite.publicKey(trial.seed) }, now };
  const gate = makeGate({
    find, isLeaving: () => false, identity: makeIdentity({ find, pods: trial.pods, pen, house, onIdentity: () => {} }), contracts: new Map([['notes', contract]]), book: makeContractBook(new Map([['notes', contract]])), facts: makeFacts({ relations, isHousemate: () => true, isMember: () => true, now }), relations,
    log: makeAccessLog(openSqlite(':memory:', { durability: 'normal' }), now), house, cache: makeRowCache(),
    cursors: makeCursors(trial.suite.random(32)), feed: makeFeed(() => {}), pods: trial.pods, blobBytes: () => budget, onError: (error) => { throw error; }, received: () => null, isResident: () => true,
    pen, order: FREE,
  });
  const me = { kind: 'person', persona: trial.persona, session: 's' } as const;
  return { trial, write: gate.transact.bind(null, me, trial.persona, 'notes') as <T>(work: Parameters<typeof gate.transact<T>>[3]) => Promise<T> };
}

test('a record may be as long as its contract says, in bytes of canonical JSON', async (t) => {
  const { trial, write } = openNotes();
  t.after(() => trial.close());
  const of = (text: string) => write((tx) => tx.put('lines', { body: { text } }));
  await of('x'.repeat(29));
  await assert.rejects(of('x'.repeat(30)), { code: 'item_too_big', kind: 'too_big', expected: 'at most 40 bytes' });
  await assert.rejects(of('é'.repeat(15)), { code: 'item_too_big' }, 'bytes, not characters');
});

test('there is room for as many as the contract says; changes and moves take none, removed ones give it back', async (t) => {
  const { trial, write } = openNotes();
  t.after(() => trial.close());
  const add = () => write((tx) => tx.put('lines', { body: { text: 'a' } }));
  const full = { code: 'limit_reached', kind: 'conflict' };
  const first = await add();
  await assert.rejects(write((tx) => { tx.put('lines', { body: { text: 'b' } }); throw new TypeError(); }), TypeError);
  const outcomes = await Promise.allSettled([add(), add(), add()]);
  assert.deepEqual(outcomes.map(({ status }) => status), ['fulfilled', 'rejected', 'rejected'], 'together as one after the other');
  await assert.rejects(add(), full);
  await write((tx) => tx.put('lines', { key: first.key, body: { text: 'c' }, audience: 'everyone' }));
  await assert.rejects(add(), full);
  await write((tx) => tx.remove('lines', first.key));
  await write((tx) => tx.remove('lines', first.key));
  await write((tx) => tx.put('lines', { key: first.key, body: { text: 'd' } }));
  await assert.rejects(add(), full);
});

const page = 'x'.repeat(60_000);

test('somebody else’s service fills no more of a pod than the house has for each; what is removed gives room again', async (t) => {
  const { trial, write } = openNotes({ key: 'A'.repeat(43), budget: 2 ** 20 });
  t.after(() => trial.close());
  const add = () => write((tx) => tx.put('pages', { body: { text: page } }));
  const keys: string[] = [];
  await assert.rejects(async () => { while (keys.length < 40) keys.push((await add()).key); }, { code: 'services_full', kind: 'conflict' });
  assert.ok(keys.length > 8 && keys.length < 20, String(keys.length));
  await assert.rejects(write((tx) => tx.once('k'.repeat(20), new Uint8Array(32), () => 1)), { code: 'services_full' }, 'what is kept of requests counts, too');
  await write((tx) => { for (const key of keys.slice(0, 4)) tx.remove('pages', key); });
  await add();
  const own = openNotes({ budget: 0 });
  t.after(() => own.trial.close());
  await own.write((tx) => tx.put('pages', { body: { text: page } }));
});

test('links of somebody else’s service are read with every question, so there are only so many', async (t) => {
  for (const [key, outcome] of [['A'.repeat(43), 'rejected'], [null, 'fulfilled']] as const) {
    const { trial, write } = openNotes({ key, budget: 2 ** 30 });
    t.after(() => trial.close());
    trial.pod.personas.get(trial.persona)!.counts.set('notes/friends', 4999);
    const add = () => write((tx) => tx.put('friends', { body: { persona: trial.persona, relation: 'friend' } }));
    await add();
    const [second] = await Promise.allSettled([add()]);
    assert.equal(second.status, outcome);
    if (second.status === 'rejected') assert.equal((second.reason as { code: string }).code, 'limit_reached');
  }
});
