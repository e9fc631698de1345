import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchEmoji, matchPeople, matchTags, namingAt, withNamed } from './match.ts';

const at = (text: string) => namingAt(text, text.length);

test('what is named is what stands right before the caret', () => {
  assert.deepEqual(at('Hello @in'), { sign: '@', query: 'in', from: 6, to: 9 });
  assert.deepEqual(at('@'), { sign: '@', query: '', from: 0, to: 1 });
  assert.deepEqual(at('(#größ'), { sign: '#', query: 'größ', from: 1, to: 6 });
  assert.deepEqual(at('Well :cak'), { sign: ':', query: 'cak', from: 5, to: 9 });
  for (const none of ['mail ada@bob', 'a#b', 'Note:cake', 'https://a.example/#x', '@ada bob', 'see: ', ':)']) assert.equal(at(none), null, none);
  assert.deepEqual(namingAt('@in and @sa', 3), { sign: '@', query: 'in', from: 0, to: 3 }, 'the caret decides');
});

test('what is picked stands in its place, with one space after it, unless the sentence goes on', () => {
  assert.deepEqual(withNamed('Hello @in', at('Hello @in')!, '@ines'), { text: 'Hello @ines ', caret: 12 });
  assert.deepEqual(withNamed('@in, hello', namingAt('@in, hello', 3)!, '@ines'), { text: '@ines, hello', caret: 5 });
  assert.deepEqual(withNamed('@in hello', namingAt('@in hello', 3)!, '@ines'), { text: '@ines hello', caret: 6 });
});

const person = (handle: string, name: string, follows = false, petname?: string) => ({ persona: handle, handle, name, follows, ...(petname ? { petname } : {}) });
const PEOPLE = [person('arjun', 'Arjun Nair'), person('ines', 'Inês Azevedo', true), person('sade', 'Ṣadé Ogunleye'), person('bertil', 'Bertil Sund', true, 'Uncle B'), person('insa', 'Insa Müller')];
const handles = (query: string) => matchPeople(PEOPLE, query).map(({ handle }) => handle);

test('people one follows come first, then those whose handle or name begins so; accents are no obstacle', () => {
  assert.deepEqual(handles('ins'), ['insa']);
  assert.deepEqual(handles('in'), ['ines', 'insa']);
  assert.deepEqual(handles('inê'), ['ines']);
  assert.deepEqual(handles('aze'), ['ines']);
  assert.deepEqual(handles('unc'), ['bertil']);
  assert.deepEqual(handles('sad'), ['sade']);
  assert.deepEqual(handles('un'), ['bertil', 'arjun', 'sade'], 'a beginning first, then the inside of a name');
  assert.deepEqual(handles('').slice(0, 2), ['bertil', 'ines']);
  assert.deepEqual(handles('zz'), []);
});

test('tags by use; what is typed whole needs no suggestion', () => {
  assert.deepEqual(matchTags(['tide', 'tides', 'tide', 'tenor', 'fog'], 'T'), ['tide', 'tenor', 'tides']);
  assert.deepEqual(matchTags(['tide'], 'tide'), []);
});

test('emoji by the beginning of one of their words', () => {
  const all = { '🎂': 'cake,birthday', '🥞': 'pancakes,breakfast', '🍰': 'shortcake,cake dessert' };
  assert.deepEqual(matchEmoji(all, 'cake').map(({ emoji }) => emoji), ['🎂', '🍰']);
  assert.deepEqual(matchEmoji(all, 'BIRTH').map(({ name }) => name), ['cake']);
  assert.equal(matchEmoji(all, '').length, 3);
});
