import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { linkify } from './linkify.ts';

const links = (text: string) => linkify(text).flatMap((part) => part.href ?? []);

test('addresses are found where people put them', () => {
  const cases: Record<string, string[]> = {
    'see https://a.example/x.': ['https://a.example/x'],
    '(https://a.example/b_(c))': ['https://a.example/b_(c)'],
    'https://a.example, http://b.example!': ['https://a.example', 'http://b.example'],
    '“https://a.example/ü?q=1&r=2#f”': ['https://a.example/ü?q=1&r=2#f'],
    'no link: a.example or mailto:x@y.example': [],
    'HTTPS://A.EXAMPLE/Path': ['HTTPS://A.EXAMPLE/Path'],
  };
  for (const [text, found] of Object.entries(cases)) assert.deepEqual(links(text), found, text);
});

test('nothing but http and https, and no address that hides who it is', () => {
  for (const text of ['javascript:alert(1)', 'data:text/html,x', 'https://bank.example@evil.example/', 'http://', 'https://?']) assert.deepEqual(links(text), [], text);
});

test('handles and tags stand beside addresses, not inside them', () => {
  assert.deepEqual(linkify('@ada saw https://a.example/@bob#tide #Tide'), [
    { text: '@ada', handle: 'ada' }, { text: ' saw ' }, { text: 'https://a.example/@bob#tide', href: 'https://a.example/@bob#tide' }, { text: ' ' }, { text: '#Tide', tag: 'tide' },
  ]);
});

test('the parts are the text', () => {
  const words = fc.array(fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('@ada', '#tide', ' ', '(', ')', '. ', 'https://', '\n')), { maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(fc.property(words, (text) => {
    const parts = linkify(text);
    assert.equal(parts.map((part) => part.text).join(''), text);
    for (const { href } of parts) if (href !== undefined) assert.match(href, /^https?:\/\//i);
  }));
});

test('a long row of signs is no trap: a million are cut off as one is', () => {
  const [link, rest] = linkify(`https://a.example/(a)${')'.repeat(1_000_000)}`);
  assert.deepEqual([link?.href, rest?.text.length], ['https://a.example/(a)', 1_000_000]);
});
