import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toBase64Url } from '../bytes/base64url.ts';
import { nobleSuite } from '../noble.ts';
import { meetingCode } from './meeting.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toBase64Url);
const met = fc.record({ persona: fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'), minLength: 52, maxLength: 52 }).map((id) => `c${id}`), key });
const code = (one: { persona: string; key: string }, other: { persona: string; key: string }): string => {
  const found = meetingCode(nobleSuite, one, other);
  assert.ok(found.ok);
  return found.value;
};

test('both see the same digits, and others where anything of either differs', () => {
  fc.assert(fc.property(met, met, key, (one, other, wrong) => {
    fc.pre(one.persona !== other.persona && wrong !== other.key);
    const seen = code(one, other);
    assert.match(seen, /^\d{4}( \d{4}){4}$/);
    assert.equal(code(other, one), seen);
    assert.notEqual(code(one, { ...other, key: wrong }), seen);
    assert.notEqual(code({ ...one, key: other.key }, { ...other, key: one.key }) === seen && one.key !== other.key, true);
  }));
});

test('a fixed case, for others who write this', () => {
  const [a, b] = [{ persona: `c${'a'.repeat(52)}`, key: toBase64Url(new Uint8Array(32)) }, { persona: `c${'b'.repeat(52)}`, key: toBase64Url(new Uint8Array(32).fill(255)) }];
  assert.equal(code(a, b), code(b, a));
  assert.equal(code(a, b), '4669 2685 5264 6681 2826');
  assert.equal(meetingCode(nobleSuite, a, { ...b, key: 'short' }).ok, false);
});
