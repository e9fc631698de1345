import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import fc from 'fast-check';
import { within } from '../../../listen/addresses.ts';
import { addressOf } from './address.ts';
import { toldOf } from './forwarded.ts';
import { parseJson } from './json.ts';
import { LIMITS, makeLimits } from './limits.ts';

const from = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

const proxy = { trusts: within(['127.0.0.0/8', '10.9.0.0/16']), headers: 'x-forwarded' as const };

test('an address counts by itself, an IPv6 one by its network', () => {
  assert.equal(addressOf(from('::ffff:10.0.0.7'), null), '10.0.0.7');
  assert.equal(addressOf(from('2001:db8:0:1::5'), null), addressOf(from('2001:db8:0:1:ffff:1:2:3'), null));
  assert.notEqual(addressOf(from('2001:db8:0:1::5'), null), addressOf(from('2001:db8:0:2::5'), null));
  assert.equal(addressOf(from('::1'), null), '::1');
});

test('only a named proxy may say for whom it asks, and only what it wrote itself counts', () => {
  assert.equal(addressOf(from('127.0.0.1', '6.6.6.6, 10.0.0.7'), proxy), '10.0.0.7');
  assert.equal(addressOf(from('::ffff:127.0.0.1', '6.6.6.6, 10.0.0.7:4711'), proxy), '10.0.0.7');
  assert.equal(addressOf(from('127.0.0.1', '6.6.6.6, 10.0.0.7, 10.9.0.1'), proxy), '10.0.0.7', 'a proxy before a proxy');
  assert.equal(addressOf(from('127.0.0.1'), proxy), '127.0.0.1');
  assert.equal(addressOf(from('127.0.0.1', ','), proxy), '127.0.0.1');
  assert.equal(addressOf(from('127.0.0.1', '6.6.6.6'), null), '127.0.0.1');
  assert.equal(addressOf(from('10.0.0.9', '6.6.6.6'), proxy), '10.0.0.9');
});

test('headers of one kind count, as the configuration says; others are whatever somebody sent along', () => {
  const asked = (headers: Record<string, string>) => ({ socket: { remoteAddress: '127.0.0.1' }, headers }) as unknown as IncomingMessage;
  const standard = { ...proxy, headers: 'forwarded' as const };
  const both = asked({ 'x-forwarded-for': '1.1.1.1', 'x-forwarded-proto': 'http', 'x-forwarded-host': 'A.example', forwarded: 'for=6.6.6.6, for="[2001:db8::1]:443";proto=HTTPS;host=b.example' });
  assert.deepEqual(toldOf(both, { proxy }), { proto: 'http', host: 'a.example' });
  assert.deepEqual(toldOf(both, { proxy: standard }), { proto: 'https', host: 'b.example' });
  assert.deepEqual(toldOf(both, { proxy: null }), { proto: null, host: null });
  assert.equal(addressOf(both, standard), addressOf(from('2001:db8::1'), null));
  assert.equal(addressOf(both, proxy), '1.1.1.1');
  fc.assert(fc.property(fc.string(), (forwarded) => typeof addressOf(asked({ forwarded, 'x-forwarded-for': forwarded }), standard) === 'string'));
});

test('buckets: burst, refill, a clock that jumps back, bounded memory', () => {
  const now = { ms: 1_000_000 };
  const limits = makeLimits(() => now.ms, { ...LIMITS, read: { burst: 2, perSecond: 2 } });
  const spent = (caller: string): boolean => { try { limits.take('read', caller); return false; } catch { return true; } };
  assert.deepEqual([spent('a'), spent('a'), spent('a'), spent('b')], [false, false, true, false]);
  now.ms += 500;
  assert.deepEqual([spent('a'), spent('a')], [false, true]);
  now.ms -= 3_600_000;
  assert.equal(spent('a'), true);
  now.ms += 500;
  assert.equal(spent('a'), false, 'an hour back costs nobody an hour');
  for (let i = 0; i < 20_000; i++) limits.take('read', `caller ${i}`);
  assert.deepEqual([spent('a'), spent('a')], [false, false], 'forgotten, so afresh');
});

test('strict JSON reads what JSON.parse reads, but for what is two-faced', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const reserved = (value: unknown): boolean => typeof value === 'object' && value !== null
    && (Object.hasOwn(value, '__proto__') || Object.values(value).some(reserved));
  fc.assert(fc.property(fc.json({ maxDepth: 6 }), (text) => {
    if (reserved(JSON.parse(text))) assert.throws(() => parseJson(bytes(text)), { code: 'reserved_name' });
    else assert.deepEqual(parseJson(bytes(text)), JSON.parse(text));
  }), { numRuns: 500 });
  fc.assert(fc.property(fc.string().filter((name) => name.isWellFormed() && name !== '__proto__'), fc.boolean(), (name, spaced) => {
    const quoted = JSON.stringify(name);
    assert.throws(() => parseJson(bytes(`{"deep":[{${quoted}:1,"\\"}other":{},${quoted}${spaced ? ' \n' : ''}:2}]}`)), { code: 'duplicate_name' });
  }), { numRuns: 300 });
  assert.deepEqual(parseJson(bytes('{"a":"b","c":["a","a",{"a":1}],"b":{"a":1}}')), { a: 'b', c: ['a', 'a', { a: 1 }], b: { a: 1 } });
  assert.throws(() => parseJson(bytes('\ufeff{}')), { code: 'bad_json' });
});
