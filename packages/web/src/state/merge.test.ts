import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PostItem } from '@commonhold/sdk';
import { blend, idOf, mergeNewer, mergeOlder } from './merge.ts';

const post = (n: number): PostItem => ({ persona: 'c', key: String(n), at: n.toString(16).padStart(16, '0'), audience: 'house', liked: false, body: { text: `${n}`, createdAt: n } });
const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 40 }));

test('news goes on top in order of time, once', () => {
  assert.deepEqual(mergeNewer([post(2), post(1)], [post(3), post(5), post(2), post(5)]).map((item) => item.key), ['5', '3', '2', '1']);
});

test('older posts go behind, once', () => {
  assert.deepEqual(mergeOlder([post(3), post(2)], [post(2), post(1)]).map((item) => item.key), ['3', '2', '1']);
});

test('whatever comes twice stands once, and what was there keeps its place', () => {
  fc.assert(fc.property(numbers, numbers, (a, b) => {
    const had = a.map(post);
    for (const merged of [mergeNewer(had, b.map(post)), mergeOlder(had, b.map(post))]) {
      assert.equal(new Set(merged.map(idOf)).size, merged.length);
      assert.equal(merged.length, new Set([...a, ...b]).size);
    }
    assert.deepEqual(mergeNewer(had, b.map(post)).slice(-had.length || Infinity), had);
  }));
});

test('posts of somebody newly followed stand at their times', () => {
  assert.deepEqual(blend([post(5), post(1)], [post(4), post(5), post(2)]).map((item) => item.key), ['5', '4', '2', '1']);
});
