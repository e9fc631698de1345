import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rulesIn } from './rulesIn.ts';

test('rules come one a line, however the list was typed', () => {
  assert.deepEqual(rulesIn('- Be kind.\n\n 2) Ask first. \n• No ads\n2026 is fine'), ['Be kind.', 'Ask first.', 'No ads', '2026 is fine']);
  assert.deepEqual(rulesIn(' \n'), []);
});
