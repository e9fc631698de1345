import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callThem, ownNameOf, type Called } from './called.ts';

test('the reader\'s own name stands wherever somebody is named, and theirs beside it', () => {
  const sade = { persona: 'c1', handle: 'sade', name: 'Sade', petname: 'Skipper' };
  const page = callThem({ items: [{ by: 'c1', likes: { people: [{ ...sade }], more: 0 } }], people: { c1: { ...sade }, c2: { persona: 'c2', handle: 'bob', name: 'Bob' } }, next: null });
  assert.deepEqual([page.people.c1.name, page.items[0]!.likes.people[0]!.name, page.people.c2.name], ['Skipper', 'Skipper', 'Bob']);
  assert.deepEqual([ownNameOf(page.people.c1 as Called), ownNameOf(page.people.c2)], ['Sade', 'Bob']);
  assert.equal(ownNameOf(callThem(page).people.c1 as Called), 'Sade', 'twice is once');
});

test('what names nobody stays as it is', () => {
  for (const answer of [null, 7, 'text', [], { petname: 'Skipper' }, { name: 'House' }]) assert.deepEqual(callThem(structuredClone(answer)), answer);
});
