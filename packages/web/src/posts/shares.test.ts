import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharesOf } from './shares.ts';

test('votes share out over the voters, and nobody yet is nothing', () => {
  assert.deepEqual(sharesOf(['a', 'b'], undefined, undefined), [{ votes: 0, share: 0 }, { votes: 0, share: 0 }]);
  assert.deepEqual(sharesOf(['a', 'b', 'c'], [8, 22, 8], 38).map(({ share }) => share), [21, 58, 21]);
  assert.deepEqual(sharesOf(['a', 'b'], [3, 4], 4).map(({ share }) => share), [75, 100], 'with several choices each is a part of the people');
});
