import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PostItem } from '@commonhold/sdk';
import { entryId, goneFrom, listOf } from './posts.ts';

const item = (createdAt: number, key: string, more: Partial<PostItem> = {}): PostItem => ({ persona: 'ada', key, at: '0', audience: 'house', body: { text: 'x', createdAt }, liked: false, ...more });

test('only the two timelines as they are, not narrowed ones, are kept post by post', () => {
  assert.deepEqual(listOf('/microblog/home?first=30'), { name: 'home', query: { first: '30' } });
  assert.deepEqual(listOf('/microblog/house')?.name, 'house');
  for (const path of ['/microblog/home?boosts=0', '/microblog/tags/tea', '/microblog/homes', '/me']) assert.equal(listOf(path), null);
});

test('entries sort by when they came to the timeline: a post when it was written, a boost when it was boosted', () => {
  const old = item(1_000, 'a');
  const boosted = item(1_000, 'a', { boost: { by: 'bob', at: 3_000, key: 'b' } });
  assert.deepEqual([entryId(boosted), entryId(item(2_000, 'c')), entryId(old)].sort(), [entryId(old), entryId(item(2_000, 'c')), entryId(boosted)]);
});

test('what a fresh page does not show any more between its ends is gone; what lies outside of it is not judged', () => {
  const known = ['1', '2', '3', '4', '5', '6'];
  assert.deepEqual(goneFrom(known, ['3', '5'], false), ['4']);
  assert.deepEqual(goneFrom(known, ['3', '5'], true), ['4', '6']);
  assert.deepEqual(goneFrom(known, [], true), []);
});
