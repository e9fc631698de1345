import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyDraft, type Draft } from './draft.ts';
import { isReady, pollProblem } from './ready.ts';

const draft = (more: Partial<Draft>): Draft => ({ ...emptyDraft('house', () => 'x'), ...more });
const ready = (more: Partial<Draft>) => isReady(draft(more), 10, 1000);

test('a draft goes out when every post of it says something and nothing is too long', () => {
  assert.equal(ready({}), false);
  assert.equal(ready({ parts: [{ text: 'a' }] }), true);
  assert.equal(ready({ parts: [{ text: '12345678901' }] }), false);
  assert.equal(ready({ parts: [{ text: 'a' }, { text: ' ' }] }), false);
  assert.equal(ready({ parts: [{ text: '', warning: 'spoilers' }] }), false);
  assert.equal(ready({ parts: [{ text: '', images: [{ full: 'b', width: 1, height: 1 }] }] }), true);
  assert.equal(ready({ parts: [{ text: 'a', warning: 'w'.repeat(201) }] }), false);
});

test('a poll needs two different answers; empty lines are none', () => {
  const poll = (...options: string[]) => pollProblem({ options, minutes: 60, multiple: false });
  assert.deepEqual([poll('yes', ' '), poll('yes', 'yes '), poll('yes', 'x'.repeat(81)), poll('yes', '', 'no')], ['few', 'twice', 'long', null]);
  assert.equal(ready({ parts: [{ text: 'a' }], poll: { options: ['', ''], minutes: 60, multiple: false } }), false);
});

test('what is due goes out later, within a year', () => {
  const parts = [{ text: 'a' }] as const;
  assert.deepEqual([ready({ parts, due: 999 }), ready({ parts, due: 1001 }), ready({ parts, due: 1000 + 366 * 86_400_000 })], [false, true, false]);
});
