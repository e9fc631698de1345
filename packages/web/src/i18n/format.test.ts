import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compile, fill, format, pseudo } from './format.ts';
import { en } from './en.ts';

const say = (text: string, params: Record<string, string | number> = {}, locale = 'en') => format(compile(text), params, locale);

test('holes are filled', () => {
  assert.equal(say('Reply to {name}', { name: 'Inês' }), 'Reply to Inês');
  assert.equal(say('{a} and {b}', { a: '1', b: '2' }), '1 and 2');
});

test('numbers are written as the language writes them', () => assert.equal(say('{n}', { n: 1234 }, 'de'), '1.234'));

test('plurals follow the language', () => {
  const text = '{n, plural, =0 {nobody} one {# person} other {# people}}';
  assert.deepEqual([0, 1, 2, 1200].map((n) => say(text, { n })), ['nobody', '1 person', '2 people', '1,200 people']);
  const polish = '{n, plural, one {# post} few {# posty} many {# postów} other {# posta}}';
  assert.deepEqual([1, 3, 5].map((n) => say(polish, { n }, 'pl')), ['1 post', '3 posty', '5 postów']);
});

test('selects choose, and fall back to other', () => {
  const text = '{who, select, house {your house} other {everyone}} reads';
  assert.deepEqual(['house', 'x'].map((who) => say(text, { who })), ['your house reads', 'everyone reads']);
});

test('cases may hold holes and plurals', () => {
  assert.equal(say('{a, select, x {{name}: {n, plural, one {#!} other {#}}} other {}}', { a: 'x', name: 'N', n: 1 }), 'N: 1!');
});

test('a hash outside of a plural is a hash', () => assert.equal(say('#1'), '#1'));

test('what is put in is never read as a message', () => {
  fc.assert(fc.property(fc.string(), (name) => assert.equal(say('<{name}>', { name }), `<${name}>`)));
});

test('pieces of a page keep their place', () => assert.deepEqual(fill(compile('From {who}.'), { who: { b: 1 } }, 'en'), ['From ', { b: 1 }, '.']));

test('every English message reads, and its pseudo form keeps its holes', () => {
  for (const [key, text] of Object.entries(en)) {
    const message = compile(text);
    const holes = (parts: typeof message) => parts.filter((part) => typeof part !== 'string').length;
    assert.equal(holes(message), holes(pseudo(message)), key);
    assert.equal((text.match(/\{/g) ?? []).length, (text.match(/\}/g) ?? []).length, key);
    assert.doesNotMatch(text, /!|\bwe\b|\bI\b/, `voice: ${key}`);
  }
});
