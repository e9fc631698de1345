import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { handlesIn, namedIn, tagsIn } from './named.ts';

test('handles and tags are found where people put them', () => {
  const cases: Record<string, [string[], string[]]> = {
    'thanks @ada, and @Bob.Ross!': [['ada', 'bob.ross'], []],
    '(@ada) "@bob" @cleo-': [['ada', 'bob', 'cleo'], []],
    'mail ada@bob.example or @ada@bob.example': [[], []],
    '#Tide #tide, #größe; #日本': [[], ['tide', 'größe', '日本']],
    'no tags: #1 ##a a#b &#39; https://a.example/#here @ # c#': [[], []],
    '@ada: see #fog_horn.': [['ada'], ['fog_horn']],
    'أهلا #بحر': [[], ['بحر']],
  };
  for (const [text, found] of Object.entries(cases)) assert.deepEqual([handlesIn(text), tagsIn(text)], found, text);
});

test('what is found stands where it is said, one after the other', () => {
  const words = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('@ada', '#tide', ' ', '.', '@', '#')), { maxLength: 9 }).map((parts) => parts.join(''));
  fc.assert(fc.property(words, (text) => {
    let from = 0;
    for (const named of namedIn(text)) {
      assert.ok(named.at >= from);
      assert.match(text[named.at]!, 'tag' in named ? /#/ : /@/);
      from = named.at + named.length;
    }
    assert.ok(from <= text.length);
  }));
});

test('a long row of signs is no trap', () => {
  for (const sign of ['@', '#', '@a', '#a', 'a', '@-']) assert.ok(namedIn(sign.repeat(200_000)).length <= 1, sign);
});
