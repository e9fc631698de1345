import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countLeft } from './count.ts';

test('characters are counted as the house counts them', () => {
  assert.equal(countLeft('héllo', 10), 5);
  assert.equal(countLeft('🎉é', 10), 8);
  assert.equal(countLeft('e\u0301👩‍👩‍👧🇸🇪', 10), 1, 'what is put together counts by its pieces');
  assert.equal(countLeft('  a  ', 1), 0);
  assert.equal(countLeft('abc', 1), -2);
});
