import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { patternOf } from '@commonhold/core';
import fc from 'fast-check';
import { faceSeed } from './pattern.ts';
import { sha256 } from './sha256.ts';

test('SHA-256 agrees with OpenSSL at every length', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    assert.deepEqual(Buffer.from(sha256(bytes)), createHash('sha256').update(bytes).digest());
  }));
});

test('a seed is what the house computes', () => {
  fc.assert(fc.property(fc.string(), (persona) => {
    assert.equal(faceSeed(persona), createHash('sha256').update(persona).digest('base64url').slice(0, 16));
  }));
});

test('the same seed draws the same face, and nearly every other one another', () => {
  const drawn = new Set(Array.from({ length: 300 }, (_, i) => JSON.stringify(patternOf(faceSeed(`c${i}`)))));
  assert.deepEqual(patternOf(faceSeed('c1')), patternOf(faceSeed('c1')));
  assert.ok(drawn.size >= 298, String(drawn.size));
});

test('a broken seed still draws', () => assert.equal(patternOf('').tiles.length, 4));
