import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { zoomTo } from './zoom.ts';

const FRAME = { width: 400, height: 800 };
const at = fc.record({ x: fc.integer({ min: -200, max: 200 }), y: fc.integer({ min: -400, max: 400 }) });

test('a picture is never smaller than whole, and never leaves its frame', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.double({ min: 0.1, max: 10, noNaN: true }), at), { maxLength: 20 }), (steps) => {
    let zoom = { scale: 1, x: 0, y: 0 };
    for (const [factor, point] of steps) zoom = zoomTo(zoom, zoom.scale * factor, point, FRAME);
    assert.ok(zoom.scale >= 1 && zoom.scale <= 6);
    assert.ok(Math.abs(zoom.x) <= FRAME.width * (zoom.scale - 1) / 2 + 1e-9 && Math.abs(zoom.y) <= FRAME.height * (zoom.scale - 1) / 2 + 1e-9);
  }));
});

test('the point that is looked at stays under the finger', () => {
  fc.assert(fc.property(at, fc.double({ min: 1.1, max: 6, noNaN: true }), (point, scale) => {
    const { x, y } = zoomTo({ scale: 1, x: 0, y: 0 }, scale, point, FRAME);
    assert.ok(Math.abs(point.x * scale + x - point.x) < 1e-6 && Math.abs(point.y * scale + y - point.y) < 1e-6);
  }));
});
