import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nobleSuite } from '@commonhold/core/noble';
import { makeNodeSuite } from './node-suite.ts';

const node = makeNodeSuite();

test('the two suites are one: same keys, signatures and hashes', () => {
  for (let i = 0; i < 20; i++) {
    const seed = node.random(32), message = node.random(i * 7);
    assert.deepEqual(Buffer.from(node.publicKey(seed)), Buffer.from(nobleSuite.publicKey(seed)));
    assert.deepEqual(Buffer.from(node.sign(seed, message)), Buffer.from(nobleSuite.sign(seed, message)));
    assert.deepEqual(Buffer.from(node.sha256(message)), Buffer.from(nobleSuite.sha256(message)));
    const signature = nobleSuite.sign(seed, message);
    for (const suite of [node, nobleSuite]) {
      assert.equal(suite.verify(suite.publicKey(seed), message, signature), true);
      assert.equal(suite.verify(suite.publicKey(seed), Buffer.concat([message, Buffer.of(1)]), signature), false);
    }
  }
});

test('malformed keys and signatures are a false, never an error', () => {
  const seed = node.random(32), key = node.publicKey(seed), message = node.random(5), signature = node.sign(seed, message);
  for (const suite of [node, nobleSuite]) {
    assert.equal(suite.verify(key.subarray(1), message, signature), false);
    assert.equal(suite.verify(key, message, signature.subarray(1)), false);
    assert.equal(suite.verify(new Uint8Array(32).fill(255), message, signature), false);
  }
});

test('what comes in pieces hashes like the whole', () => {
  const message = node.random(1000);
  for (const suite of [node, nobleSuite]) {
    const hasher = suite.hasher();
    for (let at = 0; at < message.length; at += 77) hasher.update(message.subarray(at, at + 77));
    assert.deepEqual(Buffer.from(hasher.digest()), Buffer.from(suite.sha256(message)));
  }
});

test('random bytes are never given twice, however many are asked for, and nobody else changes them', () => {
  const seen = new Set<string>();
  const given: [Uint8Array, string][] = [];
  for (let n = 0; n < 3000; n++) {
    const length = [16, 32, 22, 64, 4096, 5000][n % 50 === 0 ? 4 + n / 50 % 2 : n % 4]!;
    const bytes = node.random(length);
    assert.equal(bytes.length, length);
    given.push([bytes, Buffer.from(bytes).toString('hex')]);
    for (let at = 0; at + 16 <= length; at += 16) {
      const piece = Buffer.from(bytes.subarray(at, at + 16)).toString('hex');
      assert.ok(!seen.has(piece), 'these bytes were given before');
      seen.add(piece);
    }
  }
  for (const [bytes, hex] of given) assert.equal(Buffer.from(bytes).toString('hex'), hex);
});
