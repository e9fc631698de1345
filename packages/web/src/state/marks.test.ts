import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PostItem } from '@commonhold/sdk';
import { cursorOf, cutAt, placeOf } from './marks.ts';

const post = (ms: number, boostedAt?: number): PostItem => ({
  persona: 'ada', key: `k-${ms}_`, at: '', audience: 'house', liked: false, body: { text: '', createdAt: ms }, ...(boostedAt ? { boost: { by: 'bob', at: boostedAt, key: 'b-_' } } : {}),
});

test('a cursor names an entry as the house does', () => {
  assert.deepEqual(placeOf(cursorOf(post(1763847000000))), { ms: 1763847000000, key: 'k-1763847000000_' });
  assert.deepEqual(placeOf(cursorOf(post(5, 1763847000001))), { ms: 1763847000001, key: 'b-_' });
  assert.equal(cursorOf(post(7)), Buffer.from('7.k-7_').toString('base64url'));
  for (const odd of [undefined, '', '%', 'bm9uZQ', '\u{1F600}']) assert.equal(placeOf(odd), null);
});

test('the line stands between what is new and what was seen, also when the post itself is gone', () => {
  const items = [post(9), post(1, 8), post(6), post(3)];
  assert.equal(cutAt(items, cursorOf(post(6))), 2);
  assert.equal(cutAt(items, cursorOf(post(7))), 2);
  assert.equal(cutAt(items, cursorOf(post(1, 8))), 1);
  assert.equal(cutAt(items, cursorOf(post(9))), -1, 'nothing is new');
  assert.equal(cutAt(items, cursorOf(post(2))), -1, 'what was seen is further down');
  assert.equal(cutAt(items, undefined), -1);
});
