import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { bodyHash, makeOffer, newSalt, Refusal, statementHash, toBase64Url, utf8, verifyExport, verifyKeyLog, type Json } from '@commonhold/core';
import { openTrialFirewall } from '../testing/firewall.ts';
import { phoneSeed } from '../testing/pods.ts';
import type { ProvedOffer } from './transactor.ts';

const BOARD = {
  commonhold: 'contract/1', service: { id: 'board', name: 'board', title: 'Board', publisher: 'Commonhold', key: null }, version: 1, purpose: 'Pin notes.',
  collections: {
    pins: {
      kind: 'list', item: 'pin', audiences: ['house', 'everyone'], defaultAudience: 'house', retention: 'P1D',
      allow: [{ who: 'owner', may: ['read', 'add', 'change', 'remove', 'watch'] }, { who: 'signed-in', may: ['add'] }, { who: 'signed-in', may: ['read', 'change', 'remove'], rows: 'own' }],
    },
  },
  data: { $schema: 'https://json-schema.org/draft/2020-12/schema', $defs: { pin: { type: 'object', additionalProperties: false, required: ['text'], properties: { text: { type: 'string', maxLength: 100 } } } } },
};
const trial = openTrialFirewall(['ada', 'bob', 'cy'], BOARD);
after(() => trial.close());
const { ada, bob, cy } = trial.people as Record<'ada' | 'bob' | 'cy', typeof trial.people[string]>;
const { suite } = trial;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const code = (expected: string) => (error: unknown): boolean => { assert.ok(error instanceof Refusal, String(error)); assert.equal(error.code, expected); return true; };
const keyOf = (author = bob): string => `${author.persona}/${toBase64Url(suite.random(16))}`;

interface Made { op?: 'put' | 'remove'; base?: string | null; body?: Json; life?: number; author?: typeof bob }

function offer(key: string, { op = 'put', base = null, body, life = HOUR, author = bob }: Made): ProvedOffer {
  const seed = phoneSeed(suite, author.persona);
  const state = verifyKeyLog(suite, [...trial.firewall.identity.view(author.persona)!.statements]);
  const salt = newSalt(suite);
  const signed = makeOffer(suite, {
    author: author.persona, device: toBase64Url(suite.publicKey(seed)), owner: ada.persona, service: 'board', contract: trial.firewall.contracts.get('board')!.hash,
    collection: 'pins', key, op, base, expiry: trial.clock.ms + life, keyLogHead: state.ok ? state.value.head : '', ...(body === undefined ? {} : { body: toBase64Url(bodyHash(suite, salt, body)) }),
  }, seed);
  return { offer: signed.statement, hash: statementHash(suite, signed.statement), text: JSON.stringify(signed), ...(body === undefined ? {} : { body, salt }) };
}
const take = (proved: ProvedOffer, by = bob) => trial.firewall.gate.transact(by, ada.persona, 'board', (tx) => tx.accept(proved));
const read = (key: string): { body: { text: string }; version: string; author: string } | null => JSON.parse(trial.firewall.gate.get(ada, ada.persona, 'board', 'pins', key) ?? 'null');
const text = (key: string): string | undefined => read(key)?.body.text;
async function isWhole(): Promise<void> {
  const verdict = await verifyExport(suite, [...trial.firewall.exportOf(ada.persona)!].map(utf8));
  assert.ok(verdict.ok, JSON.stringify(verdict));
}

test('an own row is added, changed and removed by offers; each replayed at any later time changes nothing, across restarts', async () => {
  const key = keyOf();
  const add = offer(key, { body: { text: 'one' } });
  await take(add);
  const change = offer(key, { base: read(key)!.version, body: { text: 'two' } });
  await take(change);
  const again = offer(key, { base: read(key)!.version, body: { text: 'three' } });
  await take(again);
  assert.deepEqual([text(key), read(key)!.author], ['three', bob.persona]);
  await isWhole();
  for (let round = 0; round < 2; round++) {
    for (const old of [add, change, again]) { await take(old); assert.equal(text(key), 'three'); }
    trial.reopen();
  }
  const remove = offer(key, { op: 'remove', base: read(key)!.version });
  await take(remove);
  for (const old of [add, change, again, remove]) { await take(old); assert.equal(read(key), null); }
  await isWhole();
});

test('an offer for another state, by somebody else, or too late is refused', async () => {
  const key = keyOf();
  await take(offer(key, { body: { text: 'one' } }));
  await assert.rejects(take(offer(key, { base: toBase64Url(suite.random(32)), body: { text: 'two' } })), code('offer_stale'));
  await assert.rejects(take(offer(key, { body: { text: 'two' } })), code('offer_stale'));
  await assert.rejects(take(offer(key, { base: read(key)!.version, body: { text: 'two' } }), cy), code('denied'));
  await assert.rejects(take(offer(key, { op: 'remove', base: read(key)!.version, author: cy }), cy), code('denied'));
  const late = offer(key, { base: read(key)!.version, body: { text: 'late' }, life: MINUTE });
  trial.clock.ms += MINUTE + 1;
  await assert.rejects(take(late), code('offer_expired'));
  assert.equal(text(key), 'one');
});

test('what retention has taken does not come back by an offer that was taken before', async () => {
  const key = keyOf();
  const add = offer(key, { body: { text: 'short' }, life: 100 * HOUR });
  await take(add);
  trial.clock.ms += 25 * HOUR;
  await trial.firewall.settle();
  assert.ok(![...trial.firewall.exportOf(ada.persona)!].join('').includes('"short"'));
  trial.reopen();
  await take(add);
  assert.equal(read(key), null);
  assert.ok(![...trial.firewall.exportOf(ada.persona)!].join('').includes('"short"'));
  trial.clock.ms += 100 * HOUR;
  await assert.rejects(take(add), code('offer_expired'));
});
