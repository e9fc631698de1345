import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { contentDigest, signRequest, utf8, verifyRequest, type HttpMessage } from '../index.ts';
import { nobleSuite as suite } from '../noble.ts';

const seed = suite.sha256(utf8('a service'));
const NOW = 1_780_000_000_000;
const body = utf8('{"where":{}}');
const asked: HttpMessage = { method: 'POST', target: 'https://house.example/pods/c/s/dishes/query?x=1', headers: {} };
const signed = (message: HttpMessage = asked, seconds?: number): HttpMessage =>
  ({ ...message, headers: { ...message.headers, ...signRequest(suite, message, { seed }, { body, now: NOW, ...(seconds && { seconds }) }) } });
const code = (message: HttpMessage, now = NOW): string => { const { ok, ...rest } = verifyRequest(suite, message, now); return ok ? 'yes' : (rest as { code: string }).code; };

test('what was signed is good for as long as it says, and for nothing else', () => {
  const good = signed();
  assert.equal(code(good), 'yes');
  assert.equal(code(good, NOW + 59_000), 'yes');
  assert.equal(code(good, NOW + 60_000), 'signature_expired');
  assert.equal(code(good, NOW - 30_000), 'yes');
  assert.equal(code(good, NOW - 31_000), 'signature_early');
  assert.equal(code(signed(asked, 301)), 'signature_too_long');
  assert.equal(code({ ...good, method: 'GET' }), 'signature_wrong');
  assert.equal(code({ ...good, target: `${good.target}&y=2` }), 'signature_wrong');
  assert.equal(code({ ...good, target: good.target.replace('house', 'mouse') }), 'signature_wrong');
  assert.equal(code({ ...good, headers: { ...good.headers, 'content-digest': contentDigest(suite, utf8('{}')) } }), 'signature_wrong');
  assert.equal(code({ ...good, headers: { ...good.headers, 'idempotency-key': 'one' } }), 'signature_uncovered');
  assert.equal(code(signed({ ...asked, headers: { 'idempotency-key': 'one' } })), 'yes');
});

test('the key, the nonce and the digest come back; a device says whose it is', () => {
  const of = `c${'a'.repeat(52)}`;
  const message = { ...asked, headers: signRequest(suite, asked, { seed, persona: of }, { body, now: NOW, nonce: 'A'.repeat(22) }) };
  const found = verifyRequest(suite, message, NOW);
  assert.ok(found.ok);
  assert.deepEqual(found.value, { key: Buffer.from(suite.publicKey(seed)).toString('base64url'), persona: of, nonce: 'A'.repeat(22), created: NOW / 1000, expires: NOW / 1000 + 60, digest: contentDigest(suite, body) });
  assert.throws(() => signRequest(suite, { ...asked, target: 'https://häuser.example/' }, { seed }, { now: NOW }), TypeError);
});

test('any change of one character of what is signed is a no, and nothing throws', () => {
  const good = signed();
  const names = ['signature-input', 'signature', 'content-digest'] as const;
  fc.assert(fc.property(fc.constantFrom(...names), fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (name, at, by) => {
    const text = good.headers[name] as string;
    const place = at % text.length;
    const changed = text.slice(0, place) + by + text.slice(place + 1);
    if (changed !== text && changed.trim() !== text) assert.notEqual(code({ ...good, headers: { ...good.headers, [name]: changed } }), 'yes');
  }), { numRuns: 400 });
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => { assert.notEqual(code({ ...good, headers: { ...good.headers, 'signature-input': text } }), 'yes'); }));
  const long = `commonhold=(${'"a" '.repeat(16)}`.repeat(40);
  assert.equal(code({ ...good, headers: { ...good.headers, 'signature-input': long } }), 'bad_signature_input');
});

interface Vectors { sign: { name: string; seed: string; body: string; now: number; nonce: string; message: HttpMessage; headers: Record<string, string> }[]; verify: { name: string; message: HttpMessage; now: number; good: boolean; code?: string }[] }
const vectors = JSON.parse(readFileSync(new URL('../../../spec/vectors/signatures.json', import.meta.url), 'utf8')) as Vectors;

test('the vectors', () => {
  for (const { name, message, now, good, code: why } of vectors.verify) assert.equal(code(message, now), good ? 'yes' : why, name);
  for (const one of vectors.sign) {
    assert.deepEqual(signRequest(suite, one.message, { seed: Buffer.from(one.seed, 'hex') }, { body: utf8(one.body), now: one.now, nonce: one.nonce }), one.headers, one.name);
  }
});
