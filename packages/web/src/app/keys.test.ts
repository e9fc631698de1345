import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOf } from './keys.ts';

test('two keys one after the other are one of ours, within a moment; each alone is what it is', () => {
  assert.equal(keyOf('j', 0), 'j');
  assert.equal(keyOf('g', 100), null);
  assert.equal(keyOf('h', 200), 'g h');
  assert.equal(keyOf('h', 300), null);
  assert.equal(keyOf('g', 400), null);
  assert.equal(keyOf('n', 3000), 'n', 'too late to be one');
  assert.equal(keyOf('g', 4000), null);
  assert.equal(keyOf('j', 4100), 'j', 'no such two: the second counts alone');
  assert.equal(keyOf('x', 5000), null);
});
