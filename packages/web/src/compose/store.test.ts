import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEmpty, type Change } from './draft.ts';
import { makeOut } from './out.ts';
import type { Shelf } from './rack.ts';
import { makeDrafts } from './store.ts';

const saying = (text: string): Change => ({ parts: [{ text }] });

function setup() {
  const kept = new Map<string, string>();
  const shelf: Shelf = { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => { kept.set(name, value); }, removeItem: (name) => { kept.delete(name); }, names: () => [...kept.keys()] };
  let n = 0;
  let clock = 1000;
  const aside: string[] = [];
  return { kept, shelf, aside, drafts: () => makeDrafts(shelf, { freshKey: () => `key${++n}`, now: () => ++clock, onAside: (persona) => aside.push(persona) }) };
}

test('a draft outlives the page, with its names', () => {
  const { drafts } = setup();
  const before = drafts();
  const first = before.get('me', 'post', 'house');
  before.edit('me', 'post', { ...saying('Hello'), audience: 'everyone', lang: 'sv' });
  const { id, key } = first.value;
  assert.deepEqual(drafts().get('me', 'post', 'house').value, { id, key, parts: [{ text: 'Hello' }], audience: 'everyone', lang: 'sv', updatedAt: 1001 });
});

test('drafts of an earlier version of the app are read', () => {
  const { kept, drafts } = setup();
  kept.set('commonhold.draft.me.post', JSON.stringify({ text: 'Old words', audience: 'close', key: 'k', tried: true }));
  const { parts, audience, key } = drafts().get('me', 'post', 'house').value;
  assert.deepEqual([parts, audience, key], [[{ text: 'Old words' }], 'close', 'k']);
});

test('contexts and people are kept apart', () => {
  const store = setup().drafts();
  store.get('me', 'post', 'house');
  store.edit('me', 'post', saying('a'));
  assert.equal(store.get('me', 'reply:x/y', 'house').value.parts[0].text, '');
  assert.equal(store.get('you', 'post', 'house').value.parts[0].text, '');
});

test('the key of idempotency stays through every change and try; what is taken out leaves an empty draft with names of its own', () => {
  const { kept, drafts } = setup();
  const store = drafts();
  const draft = store.get('me', 'post', 'house', { lang: 'sv' });
  const { key } = draft.value;
  store.edit('me', 'post', saying('a'));
  store.edit('me', 'post', { ...saying('ab'), audience: 'everyone' });
  const taken = store.take('me', 'post')!;
  assert.deepEqual([taken.key, taken.parts[0].text, isEmpty(draft.value), draft.value.audience, draft.value.lang, kept.size], [key, 'ab', true, 'everyone', 'sv', 0]);
  assert.notEqual(draft.value.key, key);
  assert.equal(store.take('me', 'post'), null, 'a second click finds nothing');
  assert.equal(store.giveBack('me', 'post', taken), 'post');
  assert.deepEqual(draft.value, taken);
});

test('what comes back while something else is being written is put aside, and fetched again without a loss', () => {
  const store = setup().drafts();
  const draft = store.get('me', 'post', 'house');
  store.edit('me', 'post', saying('first'));
  const taken = store.take('me', 'post')!;
  store.edit('me', 'post', saying('second'));
  assert.equal(store.giveBack('me', 'post', taken), `aside:${taken.id}`);
  assert.equal(draft.value.parts[0].text, 'second');
  assert.deepEqual(store.list('me').map((one) => one.draft.parts[0].text), ['second', 'first']);
  assert.equal(store.fetchBack('me', 'post', taken), true);
  assert.equal(draft.value.parts[0].text, 'first');
  assert.deepEqual(store.list('me').map(({ context, draft: { parts } }) => [context.split(':')[0], parts[0].text]).sort(), [['aside', 'second'], ['post', 'first']]);
});

test('another window’s words are shown where nobody writes, and never written over', () => {
  const { aside, drafts } = setup();
  const [one, other] = [drafts(), drafts()];
  const here = one.get('me', 'post', 'house');
  const there = other.get('me', 'post', 'house');
  one.edit('me', 'post', saying('from one'));
  other.hear('commonhold.draft.me.post');
  assert.deepEqual(there.value, here.value);
  // Both write, and neither has heard of the other.
  other.edit('me', 'post', saying('from one, and on'));
  one.edit('me', 'post', saying('from one, elsewhere'));
  assert.deepEqual(aside, ['me']);
  assert.deepEqual(one.list('me').map(({ draft }) => draft.parts[0].text).sort(), ['from one, and on', 'from one, elsewhere']);
  assert.equal(new Set(one.list('me').flatMap(({ draft }) => [draft.id, draft.key])).size, 4);
  // What one window sends, the other one shows no more.
  other.hear('commonhold.draft.me.post');
  one.take('me', 'post');
  other.hear('commonhold.draft.me.post');
  assert.ok(isEmpty(there.value));
});

test('a shelf that is off or holds nonsense is no obstacle', () => {
  const full = () => { throw new DOMException('full'); };
  const store = makeDrafts({ getItem: () => '{"text":1}', setItem: full, removeItem: () => {}, names: () => [] });
  const draft = store.get('me', 'post', 'house');
  store.edit('me', 'post', saying('a'));
  store.edit('me', 'post', saying('ab'));
  assert.equal(draft.value.parts[0].text, 'ab');
  assert.deepEqual(makeDrafts({ getItem: full, setItem: full, removeItem: full, names: full }).list('me'), []);
});

test('what is on its way is kept until it is answered', () => {
  const { shelf, drafts } = setup();
  const store = drafts();
  store.get('me', 'post', 'house');
  store.edit('me', 'post', saying('a'));
  const draft = store.take('me', 'post')!;
  const out = makeOut(shelf);
  out.add('me', { context: 'post', draft, since: 5 });
  assert.deepEqual([out.waiting('me'), out.waiting('you')], [[{ context: 'post', draft, since: 5 }], []]);
  assert.deepEqual(store.list('me'), []);
  out.remove('me', draft);
  assert.deepEqual(out.waiting('me'), []);
});
