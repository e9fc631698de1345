import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { asHandle, handleFault, suggestHandle } from './handle.ts';

test('a handle is suggested from the first name', () => {
  const cases: Record<string, string> = {
    'Maja Lindqvist': 'maja', 'Inês': 'ines', 'Ṣadé Ọ.': 'sade', 'Øyvind': 'oyvind', 'Łukasz': 'lukasz', '  ': '', '伊藤': '', "O'Neill": 'oneill',
  };
  for (const [name, handle] of Object.entries(cases)) assert.equal(suggestHandle(name), handle, name);
});

test('any suggestion is empty or well formed, whatever the name', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => {
    const handle = suggestHandle(name);
    assert.ok(handle === '' || handleFault(handle) === null, handle);
  }));
});

test('typing is put right as it goes', () => assert.equal(asHandle('Ma ja!_7.x'), 'maja_7.x'));

test('the form is checked', () => {
  assert.equal(handleFault(''), 'missing');
  for (const bad of ['_a', '.a', '-a', 'a b', 'Ä', 'a'.repeat(31)]) assert.equal(handleFault(bad), 'form', bad);
  for (const good of ['a', 'maja', 'maja_7', 'maja-l.', '7']) assert.equal(handleFault(good), null, good);
});
