import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NewsItem, NewsKind } from '@commonhold/sdk';
import { mergeFirst, rowsOf } from './newsMerge.ts';

const piece = (id: string, time: number, kind: NewsKind = 'like', who = [id]): NewsItem => ({ id, kind, time, unread: false, who, more: 0 });
const ids = (items: readonly NewsItem[]): string[] => items.map((item) => item.id);

test('a fresh first page goes over the list: what grew moves up, what is gone goes, what lies below stays', () => {
  const had = [piece('c', 3), piece('b', 2), piece('a', 1)];
  const { items, older } = mergeFirst({ items: [piece('b', 5), piece('d', 4)], next: 'x' }, had);
  assert.deepEqual([ids(items), older], [['b', 'd', 'c', 'a'], true]);
  assert.deepEqual(mergeFirst({ items: [piece('d', 4)], next: null }, had), { items: [piece('d', 4)], older: false });
  assert.deepEqual(mergeFirst({ items: [], next: null }, had), { items: [], older: false });
});

test('followers next to each other are one row, each named once', () => {
  const rows = rowsOf([piece('a', 9, 'follow'), piece('b', 8, 'follow'), piece('c', 7, 'follow'), piece('d', 6, 'follow'), piece('l', 5), piece('e', 4, 'follow'), piece('x', 3, 'follow', ['e'])]);
  assert.deepEqual(rows.map((row) => [row.ids, row.item.who, row.item.more]), [
    [['a', 'b', 'c', 'd'], ['a', 'b', 'c'], 1], [['l'], ['l'], 0], [['e', 'x'], ['e'], 0],
  ]);
});
