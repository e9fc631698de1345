import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { relMeOf, sameAddress } from './relMe.ts';

test('links that say rel=me are found, as pages write them', () => {
  const html = `<!doctype html><head><LINK rel='me' href=https://a.example/@ada></head>
    <a class="u-url" href="https://b.example/@ada?x=1&amp;y=2" rel="nofollow me noopener">me</a>
    <a rel="ME"
       href=" https://c.example/&#64;ada "></a><a rel="home" href="https://d.example/"></a><a rel="me"></a><a href="https://e.example/" rel="meme"></a>`;
  assert.deepEqual(relMeOf(html), ['https://a.example/@ada', 'https://b.example/@ada?x=1&y=2', 'https://c.example/@ada']);
});

test('what a page only talks of is no link', () => {
  const link = '<a rel="me" href="https://a.example/@ada">';
  for (const html of [`<!-- ${link} -->`, `<script>const x = '${link}';</script>`, `<textarea>${link}</textarea>`, `<style>${link}`, `<!-- ${link}`, link.replace('<', '&lt;'), link.replace('<a', '<abbr')]) {
    assert.deepEqual(relMeOf(html), [], html);
  }
});

test('the same address in other spellings', () => {
  const same = ['https://House.example/@Ada', 'https://house.example/@ada/', 'https://house.example/%40ada#me', 'https://house.example:443/@ada?from=x'];
  assert.equal(new Set(same.map(sameAddress)).size, 1);
  assert.notEqual(sameAddress('https://house.example/@ada'), sameAddress('https://house.example/@ada2'));
  assert.notEqual(sameAddress('https://house.example/@ada'), sameAddress('http://house.example/@ada'));
  for (const none of ['javascript:alert(1)', 'mailto:ada@house.example', '//house.example/@ada', '']) assert.equal(sameAddress(none), null);
});

test('no page holds the scanner up or makes it throw', () => {
  const most = 262_144;
  const hostile = ['<a ', '<a x', '<a rel="me" ', '<!--', '<script', '<script></script', '</script ', '<a a=', "<a a='", '<a \n', '<a aaaa ', '&#x', '<a href="&#1114112;" rel=me>'];
  for (const piece of hostile) {
    const html = piece.repeat(Math.floor(most / piece.length));
    const begun = performance.now();
    relMeOf(html);
    assert.ok(performance.now() - begun < 2000, piece);
  }
  for (const one of ['a', ' ', '=', '"', '<']) relMeOf(`<a ${one.repeat(most)}`);
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('<', 'a ', 'link ', 'rel=', 'me', '"', "'", '>', 'href=', 'https://a.example', '&#64;', '<!--', '-->', '<script>', '</script>'), maxLength: 60 }), (html) => {
    for (const href of relMeOf(html)) sameAddress(href);
  }));
});
