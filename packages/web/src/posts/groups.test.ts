import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PostItem } from '@commonhold/sdk';
import { groupsOf } from './groups.ts';

const post = (persona: string, ms: number, more: Partial<PostItem> = {}): PostItem => ({ persona, key: `${persona}${ms}`, at: '', audience: 'house', liked: false, ...more, body: { text: '', createdAt: ms, ...more.body } });
const ITEMS = [
  post('loud', 9), post('loud', 8, { body: { text: '', createdAt: 8, replyTo: { persona: 'x', key: 'y' } } }), post('loud', 2), post('quiet', 3),
  post('far', 1, { boost: { by: 'quiet2', at: 7, key: 'b' } }), post('quiet2', 4, { body: { text: '', createdAt: 4, images: [] } }),
];
const shape = (...how: [Parameters<typeof groupsOf>[1], boolean]) => groupsOf(ITEMS, ...how).map(({ persona, items }) => `${persona} ${items.map(({ key }) => key).join(' ')}`);

test('who said least comes first, then who spoke last; boosts are of whoever passed them on', () => {
  assert.deepEqual(shape('all', true), ['quiet quiet3', 'quiet2 far1 quiet24', 'loud loud9 loud8 loud2']);
  assert.deepEqual(shape('all', false), ['loud loud9 loud8 loud2', 'quiet2 far1 quiet24', 'quiet quiet3']);
});

test('each kind by itself', () => {
  assert.deepEqual(shape('posts', true), ['quiet2 quiet24', 'quiet quiet3', 'loud loud9 loud2']);
  assert.deepEqual(shape('replies', true), ['loud loud8']);
  assert.deepEqual(shape('boosts', true), ['quiet2 far1']);
  assert.deepEqual(shape('pictures', true), ['quiet2 quiet24']);
});
