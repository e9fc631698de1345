import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readingOrder } from './readingOrder.ts';

/** `a` answers nothing, `b<a` answers a. */
const posts = (...names: string[]) => names.map((name) => {
  const [key = '', parent] = name.split('<');
  return { persona: 'p', key, parent: parent === undefined ? null : `p/${parent}` };
});
const read = (focus: string, ...names: string[]) => readingOrder(posts(...names), `p/${focus}`).map(({ key }) => key).join('');

test('answers stand behind what they answer, older ones before younger ones', () => {
  assert.equal(read('a', 'a', 'b<a', 'c<a', 'd<b', 'e<a', 'f<c', 'g<d'), 'abdgcfe');
});

test('whoever opens an answer reads the way there, the answer and what answers it, then the rest', () => {
  assert.equal(read('c', 'a', 'b<a', 'c<a', 'd<b', 'e<c', 'f<a'), 'acebdf');
  assert.equal(read('e', 'a', 'b<a', 'c<a', 'd<b', 'e<c', 'f<a'), 'acebdf');
});

test('what answers something that is not here stands last, side by side with what answers the same', () => {
  assert.equal(read('a', 'a', 'x<gone', 'b<a', 'y<lost', 'z<gone', 'w<x'), 'abxwzy');
  assert.equal(read('x', 'a', 'x<gone', 'b<a', 'w<x'), 'xwab');
});

test('posts that answer each other in a circle end', () => {
  assert.equal(read('b', 'a', 'b<c', 'c<b', 'd<c'), 'cbda');
  assert.equal(read('a', 'a', 'b<c', 'c<b'), 'abc');
});

test('whatever answers whatever: every post once, the way and the focus first, and a post after the one that it answers', () => {
  fc.assert(fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 21 }), fc.nat(20), (parents, pick) => {
    // Each answers an older one, or one that is not here.
    const all = parents.map((n, i) => ({ persona: 'p', key: String(i), parent: i === 0 ? null : n % (i + 1) === i ? 'p/gone' : `p/${n % (i + 1)}` }));
    const focus = pick % all.length;
    const order = readingOrder(all, `p/${focus}`).map(({ key }) => Number(key));
    assert.deepEqual(order.toSorted((a, b) => a - b), all.map((_, i) => i));
    const at = (key: string) => order.indexOf(Number(key));
    for (const { key, parent } of all) if (parent !== null && parent !== 'p/gone') assert.ok(at(parent.slice(2)) < at(key));
    const way: number[] = [];
    for (let n = focus; ; n = Number(all[n]!.parent!.slice(2))) { way.unshift(n); if (all[n]!.parent === null || all[n]!.parent === 'p/gone') break; }
    assert.deepEqual(order.slice(0, way.length), way);
  }));
});
