import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isMatch, spanOf } from './range.ts';

/** What a Range of one span gives of some bytes, by slicing: null the whole, '' nothing. */
function plainly(bytes: string, from: number | null, to: number | null): string | null {
  if (from === null) return to === 0 ? '' : bytes.slice(-to!);
  if (to !== null && to < from) return null;
  return bytes.slice(from, to === null ? undefined : to + 1);
}

test('a range gives what slicing gives, for any bytes and any numbers', () => {
  const number = fc.option(fc.oneof(fc.nat(12), fc.constantFrom(999_999_999_999_999)), { nil: null });
  fc.assert(fc.property(fc.string({ maxLength: 10, unit: 'binary-ascii' }), number, number, (bytes, from, to) => {
    fc.pre(from !== null || to !== null);
    const span = spanOf(`bytes=${from ?? ''}-${to ?? ''}`, bytes.length);
    const due = plainly(bytes, from, to);
    if (due === null) assert.equal(span, null);
    else if (due === '') assert.equal(span, 'none');
    else {
      assert.ok(span !== null && span !== 'none');
      assert.ok(span.start >= 0 && span.start <= span.end && span.end < bytes.length);
      assert.equal(bytes.slice(span.start, span.end + 1), due);
    }
  }), { numRuns: 5000, seed: 6 });
});

test('what is not understood, or asks for several spans, gives the whole', () => {
  for (const header of [undefined, '', 'bytes', 'bytes=', 'bytes=-', 'bytes=1', 'bytes=a-b', 'bytes=0-1,2-3', 'lines=0-1', 'bytes=1-2;', 'bytes=-1-2', 'bytes=0x1-2', 'bytes=1.5-2', `bytes=${'9'.repeat(16)}-`, 'bytes 0-1']) {
    assert.equal(spanOf(header, 10), null, String(header));
  }
  fc.assert(fc.property(fc.string(), fc.nat(100), (text, size) => { const span = spanOf(text, size); assert.ok(span === null || span === 'none' || span.end < size); }));
  assert.deepEqual(spanOf('BYTES= 2-3 ', 10), { start: 2, end: 3 });
});

test('a tag matches among others, weak or strong, or as anything', () => {
  for (const header of ['"a"', 'W/"a"', '"b", "a"', '"b" ,W/"a"', '*', ' * ']) assert.equal(isMatch(header, '"a"'), true, header);
  for (const header of [undefined, '', 'a', '"A"', '"ab"', 'W/', '"b"']) assert.equal(isMatch(header, '"a"'), false, String(header));
});
