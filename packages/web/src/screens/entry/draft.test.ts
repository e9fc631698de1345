import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeDraft } from './draft.ts';

const memory = (): Storage => {
  const held = new Map<string, string>();
  return {
    get length() { return held.size; }, key: () => null, clear: () => held.clear(),
    getItem: (key) => held.get(key) ?? null, setItem: (key, value) => { held.set(key, value); }, removeItem: (key) => { held.delete(key); },
  };
};

test('a draft comes back after a refresh, with new fields filled in', () => {
  const storage = memory();
  makeDraft('found', { step: 1 }, storage).write({ step: 2 });
  assert.deepEqual(makeDraft('found', { step: 1, title: '' }, storage).read(), { step: 2, title: '' });
});

test('a cleared, broken or missing draft is an empty one', () => {
  const storage = memory();
  const draft = makeDraft('found', { step: 1 }, storage);
  draft.write({ step: 3 });
  draft.clear();
  assert.deepEqual(draft.read(), { step: 1 });
  storage.setItem('commonhold.found', '{');
  assert.deepEqual(draft.read(), { step: 1 });
  assert.deepEqual(makeDraft('found', { step: 1 }, undefined).read(), { step: 1 });
});
