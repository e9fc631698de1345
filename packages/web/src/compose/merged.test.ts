import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeptDraft } from '@commonhold/sdk';
import { emptyDraft, type Draft } from './draft.ts';
import { mergeDrafts } from './merged.ts';

const here = (id: string, text: string, updatedAt: number, saved?: number, context = 'post') => ({
  context, draft: { ...emptyDraft('house', () => id), key: `key of ${id}`, parts: [{ text }], updatedAt, ...(saved ? { saved } : {}) } as Draft,
});
const house = (key: string, text: string, updatedAt: number): KeptDraft => ({ key, parts: [{ text }], audience: 'house', updatedAt });
const merged = (mine: ReturnType<typeof here>[], theirs: KeptDraft[], gone: string[] = []) =>
  mergeDrafts(mine, theirs, (id) => gone.includes(id), () => 'fresh').map(({ context, draft }) => [context, draft.id, draft.parts[0].text, draft.key]);

test('drafts of both places stand in one list, the newest first; each once', () => {
  assert.deepEqual(merged([here('a', 'mine', 5, 5)], [house('b', 'theirs', 9), house('a', 'mine', 5)]), [['elsewhere', 'b', 'theirs', 'fresh'], ['post', 'a', 'mine', 'key of a']]);
});

test('what was written here since stands; else what another device wrote, under the key it has here', () => {
  assert.deepEqual(merged([here('a', 'newer here', 7, 5)], [house('a', 'from elsewhere', 9)]), [['post', 'a', 'newer here', 'key of a']]);
  assert.deepEqual(merged([here('a', 'as it was', 5, 5)], [house('a', 'from elsewhere', 9)]), [['post', 'a', 'from elsewhere', 'key of a']]);
});

test('what was sent or deleted does not come back from the house', () => {
  assert.deepEqual(merged([], [house('a', 'sent', 5)], ['a']), []);
});
