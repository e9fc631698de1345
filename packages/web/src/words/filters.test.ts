import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Filter, PostItem } from '@commonhold/sdk';
import { filterOf, wordsOf } from './filters.ts';

const filter = (words: string[], more: Partial<Filter> = {}): Filter => ({ key: 'k', createdAt: 0, words, how: 'warn', places: ['home'], ...more });

test('a filter says by which word it holds, and only where and as long as it should', () => {
  const filters = [filter(['rain', 'hail'])];
  assert.deepEqual(filterOf('It may HAIL.', filters, 'home', 5), { word: 'hail', how: 'warn' });
  assert.equal(filterOf('It may hail.', filters, 'threads', 5), null);
  assert.equal(filterOf('Sunny.', filters, 'home', 5), null);
  assert.equal(filterOf('Hail!', [filter(['hail'], { until: 5 })], 'home', 5), null);
  assert.deepEqual(filterOf('Hail!', [filter(['hail'], { until: 6 })], 'home', 5), { word: 'hail', how: 'warn' });
});

test('hiding goes before warning', () => {
  assert.deepEqual(filterOf('rain and hail', [filter(['rain']), filter(['hail'], { how: 'hide' })], 'home', 0), { word: 'hail', how: 'hide' });
});

test('whole words are whole in every script, and no word is a pattern', () => {
  const whole = (word: string, text: string) => filterOf(text, [filter([word], { whole: true })], 'home', 0) !== null;
  assert.deepEqual([whole('art', 'the art of'), whole('art', 'a party'), whole('art', 'art'), whole('ärt', 'x ärt!')], [true, false, true, true]);
  assert.deepEqual([whole('c++', 'I like C++.'), whole('.*', 'anything'), whole('#tide', 'see #tide now')], [true, false, true]);
  assert.equal(filterOf('a party', [filter(['art'])], 'home', 0)?.word, 'art');
});

test('all that would be read is looked at, also in what is quoted', () => {
  const item = { body: { text: 'one', createdAt: 0, warning: 'two', poll: { options: ['three', 'x'], until: 0, multiple: false }, images: [{ full: 'f', width: 1, height: 1, alt: 'four' }] } };
  const quoting = { body: { text: 'five', createdAt: 0 }, quoted: { state: 'shown' as const, item: item as PostItem } };
  for (const word of ['one', 'two', 'three', 'four', 'five']) assert.ok(wordsOf(quoting).includes(word), word);
});
