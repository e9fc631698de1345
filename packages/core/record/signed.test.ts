import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  announceLane, makeOffer, signJoined, startKeyLog, toBase64Url, verifyJoined, verifyKeyLog, verifyLane, verifyOffer,
} from '../index.ts';
import { nobleSuite as suite } from '../noble.ts';

const podSeed = suite.random(32);
const log = startKeyLog(suite, {
  recoverySeed: suite.random(32), deviceSeed: suite.random(32), podDevice: suite.publicKey(podSeed), house: `c${'a'.repeat(52)}`,
});
const state = verifyKeyLog(suite, log);
assert.ok(state.ok);
const keyLog = state.value;
const by = {
  persona: keyLog.persona, device: toBase64Url(suite.publicKey(podSeed)), service: 'microblog', contract: toBase64Url(suite.random(32)),
  keyLogHead: keyLog.head,
};
const lane = { ...by, collection: 'posts', audience: 'everyone', lane: toBase64Url(suite.random(16)) };
const { persona, ...byAuthor } = by;
const offer = {
  ...byAuthor, author: persona, owner: `c${'a'.repeat(52)}`, collection: 'likes', key: `${persona}/${toBase64Url(suite.random(16))}`,
  op: 'put' as const, base: null, body: toBase64Url(suite.random(32)), expiry: 1000,
};

describe('what a pod device signs', () => {
  it('is what its verifier accepts', () => {
    assert.deepEqual(verifyLane(suite, announceLane(suite, lane, podSeed), keyLog), { ok: true, value: { v: 1, type: 'lane', ...lane } });
    assert.deepEqual(verifyJoined(suite, signJoined(suite, by, podSeed), keyLog), { ok: true, value: { v: 1, type: 'joined', ...by } });
    const taken = verifyOffer(suite, makeOffer(suite, offer, podSeed), { owner: offer.owner, now: 1000, keyLog });
    assert.deepEqual(taken, { ok: true, value: { v: 1, type: 'offer', ...offer } });
  });
  it('can stand for nothing else', () => {
    const signed = announceLane(suite, lane, podSeed);
    assert.equal(verifyJoined(suite, signed, keyLog).ok, false);
    const disguised = { ...signed, statement: { v: 1, type: 'joined', ...by } };
    const refused = verifyJoined(suite, disguised, keyLog);
    assert.equal(!refused.ok && refused.code, 'bad_signature');
  });
});
