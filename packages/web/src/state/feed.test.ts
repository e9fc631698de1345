import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page, PageQuery, PostItem } from '@commonhold/sdk';
import { makeFeed } from './feed.ts';

const post = (n: number): PostItem => ({ persona: n % 2 ? 'odd' : 'even', key: String(n), at: n.toString(16).padStart(16, '0'), audience: 'house', liked: false, body: { text: `${n}`, createdAt: n } });

/** A house with `count` posts that pages as the real one does; `fail` makes the next question fail. */
function house(count: number) {
  const at = { count, fail: false };
  const load = async ({ before, after, first = 30 }: PageQuery): Promise<Page> => {
    if (at.fail) { at.fail = false; throw new TypeError('no answer'); }
    const all = Array.from({ length: at.count }, (_, i) => at.count - i).filter((n) => (!before || n < Number(before)) && (!after || n > Number(after)));
    const items = all.slice(0, first);
    return { items: items.map(post), people: {}, next: all.length > first ? String(items.at(-1)) : null, newest: items.length ? String(items[0]) : after ?? null };
  };
  return { at, feed: makeFeed(load) };
}
const keys = (items: readonly PostItem[] | null) => (items ?? []).map((item) => Number(item.key));

test('older posts follow without a hole, to the end', async () => {
  const { feed } = house(70);
  await feed.load();
  while (!feed.atEnd.value) await feed.older();
  assert.deepEqual(keys(feed.items.value), Array.from({ length: 70 }, (_, i) => 70 - i));
});

test('news wait, and move nothing until they are asked for', async () => {
  const { at, feed } = house(10);
  await feed.load();
  at.count = 55;
  await feed.catchUp();
  assert.deepEqual([feed.items.value?.length, feed.pending.value.length], [10, 45]);
  feed.showPending();
  assert.deepEqual(keys(feed.items.value), Array.from({ length: 55 }, (_, i) => 55 - i));
});

test('after a very long sleep the news replace the list, and older ones still follow without a hole', async () => {
  const { at, feed } = house(10);
  await feed.load();
  at.count = 400;
  await feed.catchUp();
  feed.showPending();
  while (!feed.atEnd.value) await feed.older();
  assert.deepEqual(keys(feed.items.value), Array.from({ length: 400 }, (_, i) => 400 - i));
});

test('one\'s own post stands on top once, however it comes', async () => {
  const { feed } = house(2);
  await feed.load();
  feed.offer([post(3)]);
  feed.add(post(3));
  feed.offer([post(3)]);
  assert.deepEqual([keys(feed.items.value), feed.pending.value.length], [[3, 2, 1], 0]);
});

test('a failure keeps what is there, and the next try works', async () => {
  const { at, feed } = house(40);
  await feed.load();
  at.fail = true;
  await feed.older();
  assert.deepEqual([feed.items.value?.length, feed.olderFault.value instanceof TypeError], [30, true]);
  await feed.older();
  assert.deepEqual([feed.items.value?.length, feed.olderFault.value], [40, null]);
});

test('unfollowing takes posts out', async () => {
  const { feed } = house(4);
  await feed.load();
  await feed.rewrite('odd', false);
  assert.deepEqual(keys(feed.items.value), [4, 2]);
});
