import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PostItem } from '@commonhold/sdk';
import { rowsOfFeed, type FeedRow } from './feedRows.ts';

/** A list by signs: `p` a post, `b` a boost. */
const list = (signs: string): PostItem[] => [...signs].map((sign, n) => ({
  persona: 'ada', key: String(n), at: '', audience: 'house', liked: false, body: { text: '', createdAt: 100 - n }, ...(sign === 'b' ? { boost: { by: 'bob', at: 100 - n, key: `b${n}` } } : {}),
}));
const shape = (rows: FeedRow[]): string => rows.map((row) => 'item' in row ? (row.item.boost ? 'b' : 'p') : `[${row.boosts.length}]`).join('');
const one = () => 1;

test('few boosts stay where they are', () => {
  for (const signs of ['', 'p', 'b', 'pbpbp', 'ppbbppppp', 'pbppppppppppb']) assert.equal(shape(rowsOfFeed(list(signs), one)), signs);
});

test('three in a row stand side by side, whatever else there is', () => {
  assert.equal(shape(rowsOfFeed(list('pppbbbppppppppppppppb'), one)), 'ppp[3]ppppppppppppppb');
});

test('more than a quarter of a page stand side by side where the first was', () => {
  assert.equal(shape(rowsOfFeed(list('ppbpbppbp'), one)), 'pp[3]pppp');
  assert.equal(shape(rowsOfFeed(list('pbpppbpppbpp'), one)), 'pbpppbpppbpp', 'exactly a quarter is not more');
});

test('each page for itself: what comes later moves nothing that stands', () => {
  const items = list('ppppppppppbbpbpbp');
  const pageOf = (item: PostItem) => (Number(item.key) < 11 ? 1 : 2);
  assert.equal(shape(rowsOfFeed(items, pageOf)), 'ppppppppppb[3]ppp');
});

test('nothing is lost, nothing is doubled, and no earlier page changes', () => {
  const pages = fc.array(fc.array(fc.constantFrom('p', 'b'), { maxLength: 30 }).map((signs) => signs.join('')), { maxLength: 4 });
  fc.assert(fc.property(pages, (parts) => {
    const items = list(parts.join(''));
    const ends = parts.map((_, n) => parts.slice(0, n + 1).join('').length);
    const pageOf = (item: PostItem) => ends.findIndex((end) => Number(item.key) < end);
    const rows = rowsOfFeed(items, pageOf);
    assert.deepEqual(rows.flatMap((row) => 'item' in row ? [row.item.key] : row.boosts.map(({ key }) => key)).sort(), items.map(({ key }) => key).sort());
    const first = items.slice(0, ends[0] ?? 0);
    assert.deepEqual(rows.slice(0, rowsOfFeed(first, pageOf).length), rowsOfFeed(first, pageOf));
  }));
});
