import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeDrafts, type Shelf } from './draft.ts';

function setup() {
  const kept = new Map<string, string>();
  const shelf: Shelf = { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => { kept.set(name, value); }, removeItem: (name) => { kept.delete(name); } };
  let n = 0;
  return { kept, shelf, drafts: () => makeDrafts(shelf, () => `key${++n}`) };
}

test('a draft outlives the page, with its key', () => {
  const { drafts } = setup();
  const before = drafts();
  const first = before.get('me', 'post', 'house');
  before.edit('me', 'post', { text: 'Hello', audience: 'everyone' });
  const key = first.value.key;
  assert.deepEqual(drafts().get('me', 'post', 'house').value, { text: 'Hello', audience: 'everyone', key, tried: false });
});

test('contexts and people are kept apart', () => {
  const store = setup().drafts();
  store.get('me', 'post', 'house');
  store.edit('me', 'post', { text: 'a' });
  assert.equal(store.get('me', 'reply:x/y', 'house').value.text, '');
  assert.equal(store.get('you', 'post', 'house').value.text, '');
});

test('typing on keeps the key; a retry of the same words too; other words after a try get another', () => {
  const store = setup().drafts();
  const draft = store.get('me', 'post', 'house');
  const { key } = draft.value;
  store.edit('me', 'post', { text: 'a' });
  store.edit('me', 'post', { text: 'ab' });
  store.tried('me', 'post');
  store.edit('me', 'post', { text: 'ab' });
  assert.equal(draft.value.key, key);
  store.edit('me', 'post', { text: 'abc' });
  assert.notEqual(draft.value.key, key);
  assert.equal(draft.value.tried, false);
});

test('a sent draft leaves nothing behind but the audience', () => {
  const { kept, drafts } = setup();
  const store = drafts();
  const draft = store.get('me', 'post', 'house');
  store.edit('me', 'post', { text: 'a', audience: 'everyone' });
  const { key } = draft.value;
  store.done('me', 'post');
  assert.deepEqual([draft.value.text, draft.value.audience, kept.size], ['', 'everyone', 0]);
  assert.notEqual(draft.value.key, key);
});

test('a shelf that is off or holds nonsense is no obstacle', () => {
  const off: Shelf = { getItem: () => '{"text":1}', setItem: () => { throw new DOMException('full'); }, removeItem: () => {} };
  const store = makeDrafts(off);
  const draft = store.get('me', 'post', 'house');
  store.edit('me', 'post', { text: 'a' });
  assert.equal(draft.value.text, 'a');
});
