import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fold, wordsIn } from './fold.ts';

test('capital and small, with and without accents, is the same', () => {
  for (const [one, other] of [['Über', 'uber'], ['STRASSE', 'straße'], ['Zoë', 'zoe'], ['ﬁne', 'FINE'], ['Ⅳ', 'iv'], ['℡', 'tel'], ['Σίσυφος', 'σισυφοσ'], ['한글', '한글'.normalize('NFD')]] as const) {
    assert.equal(fold(one), fold(other));
  }
});

test('words are letters and digits; where scripts have no spaces every letter is one', () => {
  assert.deepEqual(wordsIn("Don't #stop_me, 2× at https://a.b/c!"), ['don', 't', 'stop', 'me', '2', 'at', 'https', 'a', 'b', 'c']);
  assert.deepEqual(wordsIn('今日 Tokyo 東京'), ['今', '日', 'tokyo', '東', '京']);
  assert.deepEqual(wordsIn('🎉 — …'), []);
});

test('folding twice is folding once; words hold no spaces and are the words of what they make', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
    const words = wordsIn(text);
    assert.ok(words.every((word) => word !== '' && !/\s/.test(word)));
    assert.deepEqual(wordsIn(words.join(' ')), words);
  }));
});
