import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf, languages } from './languages.ts';

test('a language is called by its own name and by the reader’s', () => {
  assert.deepEqual(languageOf('sv', 'en'), { code: 'sv', own: 'svenska', name: 'Swedish' });
  assert.deepEqual(languageOf('ar', 'de'), { code: 'ar', own: 'العربية', name: 'Arabisch' });
  assert.deepEqual(languageOf('zzz', 'en').name, 'zzz');
});

test('the browser’s languages come first, each once and without its region', () => {
  const { yours, all } = languages(['sv-SE', 'sv', 'en-GB', 'nonsense!'], 'en');
  assert.deepEqual(yours.map(({ code }) => code), ['sv', 'en']);
  assert.ok(all.length > 60);
  assert.deepEqual(all.slice(0, 2).map(({ name }) => name), ['Albanian', 'Arabic']);
});
