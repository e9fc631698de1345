import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepAudience, lastAudience } from './lastAudience.ts';

test('the audience of the last post is kept for each person; nonsense on the shelf is nothing', () => {
  const kept = new Map<string, string>();
  const shelf = { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => { kept.set(name, value); }, removeItem: () => {} };
  assert.equal(lastAudience(shelf, 'ada'), null);
  keepAudience(shelf, 'ada', 'close');
  assert.equal(lastAudience(shelf, 'ada'), 'close');
  assert.equal(lastAudience(shelf, 'bob'), null);
  for (const name of kept.keys()) kept.set(name, 'the whole world');
  assert.equal(lastAudience(shelf, 'ada'), null);
});
