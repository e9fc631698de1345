import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PostItem, Ref } from '@commonhold/sdk';
import { idOf } from '../state/merge.ts';
import { buildTree, countBelow, voices, type Branch } from './tree.ts';

const ref = (key: string): Ref => ({ persona: `p${key[0]}`, key });
const post = (key: string, parent?: string, root = 'a'): PostItem => ({
  ...ref(key), at: '0', audience: 'house', liked: false, body: { text: key, createdAt: 0, ...(parent ? { replyTo: ref(parent), root: ref(root) } : {}) },
});
const draw = (branch: Branch): string => `${branch.item ? branch.ref.key : '?'}${branch.replies.length ? `(${branch.replies.map(draw).join(' ')})` : ''}`;

test('replies nest under what they answer', () => {
  const tree = buildTree({ focus: ref('a'), items: [post('a'), post('b', 'a'), post('c', 'b'), post('d', 'a')] });
  assert.equal(draw(tree.focus), 'a(b(c) d)');
  assert.deepEqual([tree.ancestors.length, tree.count, countBelow(tree.focus.replies[0]!)], [0, 3, 1]);
});

test('a deep link shows the way to its post, and what answers it', () => {
  const tree = buildTree({ focus: ref('c'), items: [post('a'), post('b', 'a'), post('c', 'b'), post('d', 'c'), post('e', 'a')] });
  assert.deepEqual(tree.ancestors.map((branch) => branch.ref.key), ['a', 'b']);
  assert.equal(draw(tree.focus), 'c(d)');
});

test('a missing post keeps its place and whom it is from', () => {
  const below = buildTree({ focus: ref('a'), items: [post('a'), post('c', 'x'), post('d', 'x')] });
  assert.equal(draw(below.focus), 'a(?(c d))');
  assert.equal(below.focus.replies[0]!.ref.persona, 'px');
  const above = buildTree({ focus: ref('c'), items: [post('c', 'x')] });
  assert.deepEqual(above.ancestors.map((branch) => [branch.ref.key, branch.item]), [['x', null]]);
});

test('a focus that is gone leaves its replies', () => assert.equal(draw(buildTree({ focus: ref('a'), items: [post('b', 'a')] }).focus), '?(b)'));

test('voices are each named once', () => {
  const { focus } = buildTree({ focus: ref('a'), items: [post('a'), post('b', 'a'), post('b2', 'b'), post('c', 'b')] });
  assert.deepEqual(voices(focus), ['pb', 'pc']);
});

test('whatever the links say, every post stands at most once and it ends', () => {
  const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  fc.assert(fc.property(fc.array(fc.tuple(keys, fc.option(keys, { nil: undefined })), { maxLength: 12 }), keys, (links, focus) => {
    const items = [...new Map(links.map(([key, parent]) => [key, post(key, parent)])).values()];
    const tree = buildTree({ focus: ref(focus), items });
    const all = (b: Branch): string[] => [idOf(b.ref), ...b.replies.flatMap(all)];
    const shown = [...tree.ancestors.map((b) => idOf(b.ref)), ...all(tree.focus)].filter((id) => id !== idOf(ref(focus)));
    assert.equal(new Set(shown).size, shown.length);
  }));
});
