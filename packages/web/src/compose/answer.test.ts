import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Audience, PostItem } from '@commonhold/sdk';
import { answerTo, quoteOf } from './answer.ts';

const post = (audience: Audience, more: Partial<PostItem> = {}): PostItem => ({ persona: 'bea', key: 'k', at: '0', audience, body: { text: 'x', createdAt: 0 }, liked: false, ...more });

test('an answer starts as wide as what it answers, and may be narrower', () => {
  assert.deepEqual(answerTo(post('house', { replyAudiences: ['house', 'only-me'] })), { choices: ['only-me', 'house'], first: 'house', kept: null });
  assert.deepEqual(answerTo(post('everyone')), { choices: ['everyone'], first: 'everyone', kept: null });
});

test('an answer to a post for few is kept by whoever began it', () => {
  assert.deepEqual(answerTo(post('close', { replyAudiences: ['only-me'] })).kept, { by: 'bea', audience: 'close' });
  const deeper = post('followers', { replyAudiences: ['only-me'], body: { text: 'x', createdAt: 0, root: { persona: 'ada', key: 'r' } } });
  assert.deepEqual(answerTo(deeper), { choices: ['only-me'], first: 'only-me', kept: { by: 'ada', audience: 'followers' } });
  assert.equal(answerTo(post('only-me', { replyAudiences: ['only-me'] })).kept, null);
});

test('a quote is for no more people than what it quotes, and starts as the last post did where it may', () => {
  assert.deepEqual(quoteOf(post('house'), 'everyone'), { choices: ['only-me', 'close', 'followers', 'house'], first: 'house', kept: null });
  assert.equal(quoteOf(post('everyone'), 'close').first, 'close');
});
