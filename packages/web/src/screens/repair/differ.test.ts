import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { differ, type Piece } from './differ.ts';

const marked = (pieces: readonly Piece[]): string => pieces.map(({ text, new: fresh }) => fresh ? `[${text}]` : text).join('');

test('what differs is marked, word by word', () => {
  const [a, b] = differ('Rehearsal at seven in the loft', 'Rehearsal at eight in the hall');
  assert.equal(marked(a), 'Rehearsal at [seven ]in the [loft]');
  assert.equal(marked(b), 'Rehearsal at [eight ]in the [hall]');
  assert.deepEqual(differ('same', 'same'), [[{ text: 'same', new: false }], [{ text: 'same', new: false }]]);
});

test('the pieces are the texts, and what is not marked is in both', () => {
  const words = fc.array(fc.constantFrom('a ', 'b ', 'c\n', 'd'), { maxLength: 12 }).map((all) => all.join(''));
  fc.assert(fc.property(words, words, (left, right) => {
    const [a, b] = differ(left, right);
    const whole = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join('');
    const common = (pieces: readonly Piece[]) => pieces.filter((piece) => !piece.new).map(({ text }) => text).join('');
    assert.deepEqual([whole(a), whole(b), common(a)], [left, right, common(b)]);
  }));
});
