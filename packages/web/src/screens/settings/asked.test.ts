import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { askedPlaces, wrongPlaces } from './asked.ts';

test('asked places are different, in order and in range', () => {
  fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 3, maxLength: 3 }), (draws) => {
    let next = 0;
    const places = askedPlaces(3, 24, () => draws[next++]!);
    assert.equal(new Set(places).size, 3);
    assert.deepEqual(places, [...places].sort((a, b) => a - b));
    assert.ok(places.every((place) => place >= 1 && place <= 24));
  }));
});

test('words are compared as people type them', () => {
  const words = ['river', 'button', 'cedar'];
  assert.deepEqual(wrongPlaces(words, new Map([[1, ' River '], [3, 'cedar']])), []);
  assert.deepEqual(wrongPlaces(words, new Map([[1, 'button'], [2, 'button'], [3, '']])), [1, 3]);
});
