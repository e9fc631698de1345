import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressOfColours, coloursOf } from './thumbhash.ts';

test('a thumbhash is read as its makers read it', () => {
  const { width, height, rgb } = coloursOf(Buffer.from('1QcSHQRnh493V4dIh4eXh1h4kJUI', 'base64url'));
  assert.deepEqual([width, height], [11, 16]);
  const at = (across: number, down: number): number[] => [...rgb.subarray((Math.floor(height * down) * width + Math.floor(width * across)) * 3).subarray(0, 3)];
  // What the reference library says of the same places.
  for (const [across, down, seen] of [[0.1, 0.1, [77, 85, 115]], [0.9, 0.9, [0, 21, 50]], [0.9, 0.1, [86, 104, 128]]] as const) {
    for (const [i, value] of at(across, down).entries()) assert.ok(Math.abs(value - seen[i]!) <= 8, `${at(across, down).join()} instead of ${seen.join()}`);
  }
});

test('whatever is given makes a small picture, which is a whole bitmap', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 48 }), (hash) => {
    const colours = coloursOf(hash);
    assert.ok(colours.width >= 1 && colours.width <= 16 && colours.height >= 1 && colours.height <= 16);
    const file = Buffer.from(addressOfColours(colours).split(',')[1]!, 'base64');
    assert.deepEqual([file.toString('latin1', 0, 2), file.readUInt32LE(2), file.readInt32LE(18), file.readInt32LE(22)], ['BM', file.length, colours.width, -colours.height]);
  }));
});
