import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lies } from './hours.ts';

test('hours go over midnight, begin with their first minute and end before their last', () => {
  const night = { from: 22 * 60, to: 7 * 60 };
  assert.deepEqual([22 * 60, 23 * 60, 0, 7 * 60 - 1, 7 * 60, 12 * 60, 22 * 60 - 1].map((minute) => lies(minute, night)), [true, true, true, true, false, false, false]);
  const noon = { from: 12 * 60, to: 13 * 60 };
  assert.deepEqual([12 * 60 - 1, 12 * 60, 13 * 60 - 1, 13 * 60].map((minute) => lies(minute, noon)), [false, true, true, false]);
});

test('every minute lies in some hours or in the others', () => {
  const minute = fc.integer({ min: 0, max: 1439 });
  fc.assert(fc.property(minute, minute, minute, (at, from, to) => {
    fc.pre(from !== to);
    assert.notEqual(lies(at, { from, to }), lies(at, { from: to, to: from }));
  }));
});
