import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whenText } from './when.ts';

const at = (day: number, hour: number): number => new Date(2026, 5, day, hour, 5).getTime();

test('moments are said as people say them', () => {
  const now = at(10, 12);
  assert.equal(whenText(at(10, 0), now, 'en-GB'), 'today, 00:05');
  assert.equal(whenText(at(9, 23), now, 'en-GB'), 'yesterday, 23:05');
  assert.equal(whenText(at(11, 1), now, 'en-GB'), 'tomorrow, 01:05');
  assert.equal(whenText(at(14, 20), now, 'en-GB'), 'Sunday, 20:05');
  assert.equal(whenText(at(3, 20), now, 'en-GB'), '3 June');
  assert.equal(whenText(at(17, 20), now, 'en-GB'), '17 June');
  assert.equal(whenText(new Date(2024, 0, 2).getTime(), now, 'en-GB'), '2 January 2024');
});
