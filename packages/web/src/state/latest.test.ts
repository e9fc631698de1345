import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTurns } from './latest.ts';

test('only the newest question is answered', () => {
  const begin = makeTurns();
  const first = begin();
  assert.ok(first());
  const second = begin();
  assert.deepEqual([first(), second()], [false, true]);
});
