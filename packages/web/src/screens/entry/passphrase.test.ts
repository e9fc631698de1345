import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strengthOf } from './passphrase.ts';

test('four words or twelve characters are enough', () => {
  for (const yes of ['four quiet words here', 'a-bee see-dee ee-eff', 'correcthorse', 'on to be it', '  twelve chars  ']) {
    assert.equal(strengthOf(yes).enough, true, yes);
  }
  for (const no of ['', 'short', 'two words', 'a b c d', 'elevenchars']) assert.equal(strengthOf(no).enough, false, no);
});

test('length alone decides: a sign, a digit or a capital adds nothing', () => {
  assert.deepEqual(strengthOf('Tr0ub4d&r'), strengthOf('troubader'));
});

test('the bar grows with length', () => {
  assert.deepEqual(['', 'tiny', 'exactly twelve', 'four quiet words that go on'].map((text) => strengthOf(text).step), [0, 1, 2, 3]);
});

test('characters are counted as people count them, so an emoji is one', () => {
  assert.equal(strengthOf('🐌🐌🐌').characters, 3);
});
