import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { checkLink, checkSignIn, fromBase64Url, LINK_SECRET_BYTES, linkMac, signInProof, toBase64Url } from '../index.ts';
import { nobleSuite as suite } from '../noble.ts';

const vectors = JSON.parse(readFileSync(new URL('../../../spec/vectors/identity.json', import.meta.url), 'utf8')) as {
  links: { name: string; secret: string; device: string; label: string; mac: string; good: boolean }[];
  signIns: { name: string; house: string; statement: string; recoveryKey: string; proof: string; good: boolean }[];
};
const key = (seed: Uint8Array): string => toBase64Url(suite.publicKey(seed));
const phone = { device: key(suite.random(32)), label: 'Phöne' };
const secret = suite.random(LINK_SECRET_BYTES);

describe('a device that asks to be added by a code', () => {
  for (const { name, secret: from, mac, good, ...of } of vectors.links) {
    it(`${name}: ${good}`, () => assert.equal(checkLink(fromBase64Url(from)!, of, mac), good));
  }

  it('is the one that read the code, with its very key and label', () => {
    const mac = linkMac(secret, phone)!;
    assert.ok(checkLink(secret, phone, mac));
    assert.ok(!checkLink(suite.random(LINK_SECRET_BYTES), phone, mac));
    assert.ok(!checkLink(secret, { ...phone, label: 'Phone' }, mac));
    assert.ok(!checkLink(secret, { ...phone, device: key(suite.random(32)) }, mac));
    for (const wrong of ['', mac.slice(1), `${mac}A`, `${mac[0] === 'A' ? 'B' : 'A'}${mac.slice(1)}`]) assert.ok(!checkLink(secret, phone, wrong), wrong);
  });

  it('has a key', () => {
    assert.equal(linkMac(secret, { device: 'short', label: 'x' }), null);
    assert.ok(!checkLink(secret, { device: 'short', label: 'x' }, 'A'.repeat(43)));
  });
});

describe('a sign-in by recovery words', () => {
  for (const { name, recoveryKey, proof, good, ...of } of vectors.signIns) {
    it(`${name}: ${good}`, () => assert.equal(checkSignIn(suite, of, recoveryKey, proof), good));
  }

  const seed = suite.random(32);
  const of = { house: `c${'a'.repeat(52)}`, statement: toBase64Url(suite.random(32)) };

  it('is proved for one house and one statement by the recovery key', () => {
    const proof = signInProof(suite, of, seed);
    assert.ok(checkSignIn(suite, of, key(seed), proof));
    assert.ok(!checkSignIn(suite, { ...of, house: `c${'q'.repeat(52)}` }, key(seed), proof));
    assert.ok(!checkSignIn(suite, { ...of, statement: toBase64Url(suite.random(32)) }, key(seed), proof));
    assert.ok(!checkSignIn(suite, of, key(suite.random(32)), proof));
  });

  it('is none without a whole key and signature', () => {
    const proof = signInProof(suite, of, seed);
    assert.ok(!checkSignIn(suite, of, 'short', proof));
    assert.ok(!checkSignIn(suite, of, key(seed), 'short'));
    assert.ok(!checkSignIn(suite, { ...of, statement: 'short' }, key(seed), proof));
  });
});
