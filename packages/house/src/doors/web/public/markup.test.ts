import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { markup, written } from './markup.ts';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const read = (text: string): string => text.replace(/&(#?\w+);/g, (_, name: string) => ENTITIES[name]!);

test('whatever a text holds, it stands in words and in attributes as itself, and ends neither', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    const [, attribute = '', words = ''] = /^<p title="([^"]*)">([^<]*)<\/p>$/.exec(written(markup`<p title="${text}">${text}</p>`)) ?? [];
    const plain = [...text.toWellFormed()].map((one) => (/[\t\n\r\x20-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(one) ? one : '\u{FFFD}')).join('');
    assert.deepEqual([read(attribute), read(words)], [plain, plain]);
  }));
});

test('only the functions make markup: what was parsed never is some', () => {
  const parsed = JSON.parse('{"markup":"<b>","Symbol(markup)":"<b>"}') as never;
  assert.equal(written(markup`${parsed}`), '');
  assert.equal(written(markup`${null}${false}${undefined}${0}${['<', markup`<i>${'&'}</i>`]}`), '0&lt;<i>&amp;</i>');
});
