import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepAudience, keepLanguage, lastAudience, lastLanguage } from './last.ts';
import type { Shelf } from './rack.ts';

function setup(): { kept: Map<string, string>; shelf: Shelf } {
  const kept = new Map<string, string>();
  return { kept, shelf: { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => { kept.set(name, value); }, removeItem: () => {}, names: () => [...kept.keys()] } };
}

test('the audience of the last post is kept for each person; nonsense on the shelf is nothing', () => {
  const { kept, shelf } = setup();
  assert.equal(lastAudience(shelf, 'ada'), null);
  keepAudience(shelf, 'ada', 'close');
  assert.equal(lastAudience(shelf, 'ada'), 'close');
  assert.equal(lastAudience(shelf, 'bob'), null);
  for (const name of kept.keys()) kept.set(name, 'the whole world');
  assert.equal(lastAudience(shelf, 'ada'), null);
});

test('the language of the last post is kept until none is said', () => {
  const { shelf } = setup();
  keepLanguage(shelf, 'ada', 'sv');
  assert.deepEqual([lastLanguage(shelf, 'ada'), lastLanguage(shelf, 'bob')], ['sv', null]);
  keepLanguage(shelf, 'ada', undefined);
  assert.equal(lastLanguage(shelf, 'ada'), null);
});
