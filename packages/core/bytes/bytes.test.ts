import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { toBase32 } from './base32.ts';
import { frame, utf8 } from './frame.ts';
import { canonical, type Json } from './json.ts';
import { closed, optional, version1 } from './shape.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../../spec/vectors/${name}`, import.meta.url), 'utf8'));
const bytes = fc.uint8Array({ maxLength: 200 });
const wholeJson = fc.jsonValue({ stringUnit: 'grapheme' }) as fc.Arbitrary<Json>;

describe('base64url and base32', () => {
  const { good, bad } = read('base64url.json') as { good: { bytes: string; base64url: string; base32: string }[]; bad: { text: string; why: string }[] };
  for (const of of good) {
    it(`spells ${of.bytes.slice(0, 16)}… of ${of.bytes.length / 2} bytes`, () => {
      const raw = new Uint8Array(Buffer.from(of.bytes, 'hex'));
      assert.equal(toBase64Url(raw), of.base64url);
      assert.deepEqual(fromBase64Url(of.base64url), raw);
      assert.equal(toBase32(raw), of.base32);
    });
  }
  for (const { text, why } of bad) it(`refuses ${JSON.stringify(text)}: ${why}`, () => assert.equal(fromBase64Url(text), null));
  it('refuses another length than asked for', () => {
    assert.equal(fromBase64Url('AAAA', 2), null);
    assert.equal(fromBase64Url('AAAA', 3)?.length, 3);
  });
  it('gives back what it was given, spelled as Node spells it', () => fc.assert(fc.property(bytes, (raw) => {
    assert.equal(toBase64Url(raw), Buffer.from(raw).toString('base64url'));
    assert.deepEqual(fromBase64Url(toBase64Url(raw), raw.length), raw);
  })));
  it('has one spelling for each value', () => fc.assert(fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{0,12}$/), (text) => {
    const raw = fromBase64Url(text);
    if (raw) assert.equal(toBase64Url(raw), text);
  })));
  it('base32 keeps every bit', () => fc.assert(fc.property(bytes, (raw) => {
    const text = toBase32(raw);
    const bits = [...text].map((c) => 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
    assert.equal(bits.slice(0, raw.length * 8), [...raw].map((b) => b.toString(2).padStart(8, '0')).join(''));
    assert.equal(text.length, Math.ceil((raw.length * 8) / 5));
  })));
});

describe('frame', () => {
  type Part = { text: string } | { integer: number } | { bytes: string };
  const { good } = read('frame.json') as { good: { fields: Part[]; frame: string }[] };
  const field = (p: Part): string | number | Uint8Array => ('text' in p ? p.text : 'integer' in p ? p.integer : Buffer.from(p.bytes, 'hex'));
  for (const of of good) {
    it(`frames ${JSON.stringify(of.fields)}`, () => assert.equal(Buffer.from(frame(...of.fields.map(field))).toString('hex'), of.frame));
  }
  it('can be taken apart again, so no two lists of fields share their bytes', () => fc.assert(fc.property(fc.array(bytes), (fields) => {
    const whole = frame(...fields);
    const view = new DataView(whole.buffer);
    const parts: Uint8Array[] = [];
    for (let at = 0; at < whole.length;) {
      const size = Number(view.getBigUint64(at));
      parts.push(whole.slice(at + 8, at + 8 + size));
      at += 8 + size;
    }
    assert.deepEqual(parts, fields);
  })));
  it('writes texts in UTF-8, short or long', () => fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 140 }), (text) => {
    assert.deepEqual(utf8(text), new TextEncoder().encode(text));
  })));
  it('writes integers in 8 bytes', () => fc.assert(fc.property(fc.maxSafeNat(), (n) => {
    assert.equal(Buffer.from(frame(n)).readBigUInt64BE(8), BigInt(n));
  })));
});

describe('canonical JSON', () => {
  const { good, bad } = read('jcs.json') as { good: { text: string; canonical: string }[]; bad: { text: string; why: string }[] };
  for (const of of good) it(`of ${of.text.slice(0, 60)}`, () => assert.equal(canonical(JSON.parse(of.text) as Json), of.canonical));
  for (const of of bad) it(`is refused for ${of.text}: ${of.why}`, () => assert.throws(() => canonical(JSON.parse(of.text) as Json), TypeError));
  it('is refused for what JSON cannot say', () => {
    for (const value of [NaN, Infinity, undefined, 1n, () => 0]) assert.throws(() => canonical(value as unknown as Json), TypeError);
  });
  it('means the same, is its own canonical form and does not depend on the order of names', () => fc.assert(fc.property(wholeJson, (value) => {
    const text = canonical(value);
    assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
    assert.equal(canonical(JSON.parse(text) as Json), text);
    assert.equal(canonical(turned(value)), text);
  })));
});

function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([name, v]) => [name, turned(v)]));
}

describe('closed objects', () => {
  const shape = { v: version1, note: optional({ is: 'a text', check: (x) => typeof x === 'string' }) };
  const code = (value: unknown): string => { const r = closed(value, shape); return r.ok ? 'ok' : `${r.code} ${r.at ?? ''}`.trim(); };
  it('have their fields and no others', () => {
    assert.equal(code({ v: 1 }), 'ok');
    assert.equal(code({ v: 1, note: 'x' }), 'ok');
    assert.equal(code({ v: 1, note: undefined }), 'bad_field note');
    assert.equal(code({}), 'missing_field v');
    assert.equal(code({ v: 1, toString: 1 }), 'unknown_field toString');
    assert.equal(code([]), 'not_object');
    assert.equal(code(null), 'not_object');
  });
  it('are not filled in by a prototype', () => {
    assert.equal(code(Object.create({ v: 1 })), 'missing_field v');
    assert.equal(code(JSON.parse('{"__proto__":{"v":1}}')), 'unknown_field __proto__');
  });
});
