import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asking, draftOfBody } from './body.ts';
import { emptyDraft, type Draft } from './draft.ts';

const draft = (more: Partial<Draft>): Draft => ({ ...emptyDraft('house', () => 'x'), ...more });

test('a draft is asked for as one post, as several, or for later', () => {
  const quote = { persona: 'bea', key: 'k' };
  const poll = { options: [' yes ', '', 'no'], minutes: 60, multiple: true };
  assert.deepEqual(asking(draft({ parts: [{ text: ' Hello ', warning: ' ' }], lang: 'sv', quote, quotes: 'nobody', poll })), {
    path: '/microblog/posts', body: { text: 'Hello', audience: 'house', quote, quotes: 'nobody', lang: 'sv', poll: { options: ['yes', 'no'], minutes: 60, multiple: true } },
  });
  assert.deepEqual(asking(draft({ parts: [{ text: 'a', warning: 'w' }, { text: 'b' }] })), { path: '/microblog/threads', body: { posts: [{ text: 'a', warning: 'w' }, { text: 'b' }], audience: 'house' } });
  assert.deepEqual(asking(draft({ parts: [{ text: 'a' }], due: 5 })), { path: '/microblog/scheduled', body: { parts: [{ text: 'a' }], audience: 'house', due: 5 } });
});

test('a body that waits can be written on, under the key that it has', () => {
  for (const more of [{ parts: [{ text: 'a', warning: 'w' }] }, { parts: [{ text: 'a' }, { text: 'b' }], audience: 'close' }, { parts: [{ text: 'a' }], due: 5 }] as Partial<Draft>[]) {
    const { id: _id, key, updatedAt: _at, ...back } = draftOfBody('k', asking(draft(more)).body)!;
    const { id: _id2, key: _key, updatedAt: _at2, ...was } = draft(more);
    assert.deepEqual([key, back], ['k', was]);
  }
  assert.equal(draftOfBody('k', { audience: 'nobody', text: 'x' }), null);
});
