import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AUDIENCES, audienceMask, IN_AUDIENCE, narrower, replyAudiences, type Facts } from '../index.ts';

const facts = fc.record({
  persona: fc.option(fc.constant('c'), { nil: null }), owner: fc.boolean(), service: fc.boolean(), member: fc.boolean(), house: fc.boolean(),
  relations: fc.uniqueArray(fc.constantFrom('close', 'follow', 'follower', 'friend', 'block', 'mute')), mutual: fc.constant([]),
  blocked: fc.boolean(), now: fc.constant(0),
});
const audience = fc.constantFrom(...AUDIENCES);

test('whoever is in the narrower audience is in the wider one', () => {
  fc.assert(fc.property(facts, audience, audience, (who: Facts, a, b) => {
    if (narrower(a, b) && IN_AUDIENCE[a](who)) assert.ok(IN_AUDIENCE[b](who), `${a} ≤ ${b}`);
  }), { numRuns: 3000 });
});

test('where the order says nothing, somebody is in the one and not in the other', () => {
  const callers: Facts[] = ['close', 'follower', 'friend', 'house', 'member', 'nobody', 'owner'].map((what) => ({
    persona: 'c', owner: what === 'owner', service: false, member: what === 'member', house: what === 'house',
    relations: ['close', 'follower', 'friend'].includes(what) ? [what] : [], mutual: [], blocked: false, now: 0,
  }));
  for (const a of AUDIENCES) {
    for (const b of AUDIENCES) {
      // Being close is a link, but not one that the order of audiences promises.
      if (narrower(a, b) || (a === 'close' && b === 'linked')) continue;
      assert.ok(callers.some((who) => IN_AUDIENCE[a](who) && !IN_AUDIENCE[b](who)), `${a} and ${b}`);
    }
  }
});

test('the order is reflexive, transitive and says nothing twice', () => {
  fc.assert(fc.property(audience, audience, audience, (a, b, c) => {
    assert.ok(narrower(a, a) && narrower('only-me', a) && narrower(a, 'everyone'));
    if (narrower(a, b) && narrower(b, c)) assert.ok(narrower(a, c));
    if (narrower(a, b) && narrower(b, a)) assert.equal(a, b);
  }));
});

test('a mask has the bit of every audience the caller is in', () => {
  fc.assert(fc.property(facts, (who) => {
    const mask = audienceMask(who);
    AUDIENCES.forEach((name, i) => assert.equal((mask & (1 << i)) !== 0, IN_AUDIENCE[name](who), name));
  }));
});

test('a reply is never wider than what it answers', () => {
  assert.deepEqual(replyAudiences('house'), ['only-me', 'house']);
  assert.deepEqual(replyAudiences('everyone'), AUDIENCES);
  for (const root of ['only-me', 'close', 'linked', 'members', 'followers'] as const) assert.deepEqual(replyAudiences(root), ['only-me']);
});
