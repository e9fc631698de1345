import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutTagTail } from './tagTail.ts';

test('more than three tags at the end are cut off, in one line or several', () => {
  assert.deepEqual(cutTagTail('Low tide.\n\n#tide #sea\n#fog #harbour '), { words: 'Low tide.', tags: ['#tide', '#sea', '#fog', '#harbour'] });
  assert.deepEqual(cutTagTail('Low tide #tide #sea, #fog · #harbour'), { words: 'Low tide', tags: ['#tide', '#sea', '#fog', '#harbour'] });
  assert.deepEqual(cutTagTail('#a #b #c #d'), { words: '', tags: ['#a', '#b', '#c', '#d'] });
});

test('what is said with a few tags, or with words between, stays as it is', () => {
  for (const text of ['Low tide. #tide #sea #fog', '#a #b #c #d and then some', 'none', '', '#a #b @ada #c #d']) assert.deepEqual(cutTagTail(text), { words: text, tags: [] });
});
