import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from 'uqr';
import { qrPath } from './qr.ts';

/** Paints the path back into modules, by an own reading of `M x y h n`. */
function painted({ size, path }: { size: number; path: string }): boolean[][] {
  const grid = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let step = 0; step < Number(run); step++) grid[Number(y)]![Number(x) + step] = true;
  }
  return grid;
}

test('the path paints exactly the modules of the code', () => {
  const link = 'http://192.168.1.23:4300/join/quiet-tide-lantern-moon';
  const drawn = qrPath(link);
  const wanted = encode(link, { ecc: 'M', border: 0 });
  assert.equal(drawn.size, wanted.size);
  assert.deepEqual(painted(drawn), wanted.data);
});

test('an address of this kind stays a small code that a phone reads from paper', () => {
  assert.ok(qrPath('http://192.168.1.23:4300/join/quiet-tide-lantern-moon').size <= 33);
});
