import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { markPng } from './mark.ts';

test('the house mark is drawn as a PNG: green walls, lit windows, and nothing or paper around', () => {
  const pixelOf = (bytes: Buffer, size: number, x: number, y: number): number[] => {
    const at = bytes.indexOf('IDAT');
    const rows = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
    return [...rows.subarray(y * (size * 4 + 1) + 1 + x * 4).subarray(0, 4)];
  };
  const bare = markPng(40, false);
  assert.equal(bare.subarray(1, 4).toString(), 'PNG');
  assert.deepEqual(pixelOf(bare, 40, 0, 0), [0, 0, 0, 0]);
  assert.deepEqual(pixelOf(bare, 40, 8, 30), [0x1f, 0x6b, 0x4f, 255]);
  assert.deepEqual(pixelOf(bare, 40, 14, 18), [0xf6, 0xc6, 0x67, 255]);
  assert.deepEqual(pixelOf(markPng(60, true), 60, 0, 0), [0xf7, 0xf4, 0xee, 255]);
});
