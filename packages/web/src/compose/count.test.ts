import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countLeft } from './count.ts';

test('characters are counted as people count them', () => {
  assert.equal(countLeft('héllo', 10), 5);
  assert.equal(countLeft('e\u0301👩‍👩‍👧🇸🇪', 10), 7);
  assert.equal(countLeft('  a  ', 1), 0);
  assert.equal(countLeft('abc', 1), -2);
});
