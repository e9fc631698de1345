import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { envelopeReader } from './envelope-reader.ts';
import {
  chainNext, chainStart, clockMs, clockNext, envelopeText, nextRev, parseEnvelope, toBase64Url, utf8, wins,
  type Envelope, type Lane, type Op, type Version,
} from '../index.ts';
import { nobleSuite as suite } from '../noble.ts';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toBase64Url);
const op = fc.constantFrom<Op>('put', 'remove');
const DEVICES = ['one', 'two'].map((name) => toBase64Url(suite.sha256(utf8(name))));
// Small ranges, so that ties are common.
const version: fc.Arbitrary<Version> = fc.record({
  rev: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2 ** 20 - 1, max: 2 ** 20 + 2 })),
  at: fc.integer({ min: 0, max: 3 }).map((n) => n.toString(16).padStart(16, '0')),
  device: fc.constantFrom(...DEVICES), op, base: fc.constant(null), id: fc.constantFrom('A', 'B', 'a', '-', '_'),
}, { noNullPrototype: true });
const winner = <V extends Version>(a: V, b: V): V => (wins(a, b) ? a : b);

describe('the winner of a key', () => {
  it('is one of two, whichever comes first', () => fc.assert(fc.property(version, version, (a, b) => {
    assert.deepEqual(winner(a, b), winner(b, a));
    assert.equal(wins(a, a), false);
  }), { numRuns: 3000 }));
  it('of many does not depend on how they are grouped', () => fc.assert(fc.property(version, version, version, (a, b, c) => {
    assert.deepEqual(winner(winner(a, b), c), winner(a, winner(b, c)));
  }), { numRuns: 5000 }));
  it('does not depend on the order in which they arrive', () => fc.assert(
    fc.property(fc.array(version, { minLength: 1, maxLength: 12 }).chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => assert.deepEqual(all.reduce((a, b) => winner(a, b)), shuffled.reduce((a, b) => winner(a, b)))), { numRuns: 1000 }));
});

/** A history: each step builds on the winner among what one of two devices has seen so far; sometimes they meet. */
const steps = fc.array(fc.record({ device: fc.constantFrom(0, 1), op, meet: fc.boolean() }), { minLength: 1, maxLength: 30 });
interface Made extends Version { ancestors: ReadonlySet<string> }

function live(history: { device: number; op: Op; meet: boolean }[]): Made[] {
  const seen: Made[][] = [[], []];
  const all: Made[] = [];
  for (const [i, step] of history.entries()) {
    if (step.meet) seen[0] = seen[1] = [...new Set([...seen[0]!, ...seen[1]!])];
    const base = seen[step.device]!.length ? (seen[step.device]!.reduce((a, b) => winner(a, b))) : null;
    if (step.op === 'remove' && base?.op !== 'put') continue;
    const made: Made = {
      rev: nextRev(base, step.op), at: i.toString(16).padStart(16, '0'), device: DEVICES[step.device]!, op: step.op, base: base?.id ?? null,
      id: String(i), ancestors: new Set(base ? [...base.ancestors, base.id] : []),
    };
    seen[step.device] = [...seen[step.device]!, made];
    all.push(made);
  }
  return all;
}

describe('histories of two devices', () => {
  it('what is built on a version beats it', () => fc.assert(fc.property(steps, (history) => {
    const all = live(history);
    for (const a of all) for (const b of all) if (a.ancestors.has(b.id)) assert.ok(wins(a, b));
  }), { numRuns: 1000 }));
  it('a remove beats every put that is not built on a remove since', () => fc.assert(fc.property(steps, (history) => {
    const all = live(history);
    const removesOf = (v: Made): number => all.filter((r) => r.op === 'remove' && v.ancestors.has(r.id)).length;
    for (const remove of all.filter((v) => v.op === 'remove')) {
      for (const put of all.filter((v) => v.op === 'put')) if (removesOf(put) <= removesOf(remove)) assert.ok(wins(remove, put));
    }
  }), { numRuns: 1000 }));
});

describe('a chain', () => {
  const ids = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 8 });
  const start = chainStart(suite, 'c', suite.random(32), suite.random(16));
  const end = (all: readonly Uint8Array[]): string => toBase64Url(all.reduce((chain, id) => chainNext(suite, chain, id), start));
  it('in two halves is the same chain', () => fc.assert(fc.property(ids, ids, (a, b) => {
    const middle = a.reduce((chain, id) => chainNext(suite, chain, id), start);
    assert.equal(toBase64Url(b.reduce((chain, id) => chainNext(suite, chain, id), middle)), end([...a, ...b]));
  })));
  it('ends elsewhere when anything is left out, added, changed or exchanged', () => fc.assert(fc.property(ids, ids, (a, b) => {
    assert.equal(end(a) === end(b), a.length === b.length && a.every((id, i) => Buffer.compare(id, b[i]!) === 0));
  })));
  it('starts elsewhere for another persona, device or lane', () => {
    const [device, lane] = [suite.random(32), suite.random(16)];
    const starts = [['a', device, lane], ['b', device, lane], ['a', suite.random(32), lane], ['a', device, suite.random(16)]] as const;
    assert.equal(new Set(starts.map(([p, d, l]) => toBase64Url(chainStart(suite, p, d, l)))).size, 4);
  });
});

describe('the clock', () => {
  it('always goes on, and never runs before the wall clock or its own past', () => fc.assert(
    fc.property(fc.array(fc.integer({ min: 1_700_000_000_000, max: 1_700_000_050_000 }), { minLength: 1 }), (times) => {
      let last = '';
      for (const now of times) {
        const at = clockNext(last, now);
        assert.ok(at > last);
        assert.ok(clockMs(at) >= now);
        assert.ok(clockMs(at) === now || clockMs(at) === clockMs(last));
        last = at;
      }
    })));
});

describe('envelopes', () => {
  const persona = suite.sha256(utf8('x'));
  const envelope = fc.record({
    device: fc.constantFrom(...DEVICES.map(() => toBase64Url(suite.publicKey(persona)))), seq: fc.integer({ min: 1 }), at: fc.constantFrom('0000000000000000', 'ffffffffffffffff'),
    contract: hash, body: hash, lane: fc.uint8Array({ minLength: 16, maxLength: 16 }).map(toBase64Url), collection: fc.stringMatching(/^[a-z][a-z0-9_]{0,62}$/),
  }, { noNullPrototype: true }).map((e): Envelope => ({
    v: 1, persona: `c${'a'.repeat(52)}`, service: 'microblog', key: 'self', rev: 1, base: null, op: 'put', ...e,
  }));
  const anyEnvelope = fc.tuple(envelope, fc.constantFrom<Op>('put', 'remove'), fc.option(hash), fc.integer({ min: 1, max: 2 ** 53 }), fc.option(fc.tuple(hash, hash))).map(([{ body, ...e }, verb, base, rev, offered]): Envelope => ({
    ...e, op: verb, base, rev, ...(verb === 'put' ? { body: body! } : {}), ...(offered ? { offer: offered[0], author: `c${'b'.repeat(51)}a`, key: `c${'b'.repeat(51)}a/${'A'.repeat(22)}` } : {}),
  }));
  const laneOf = (e: Envelope): Lane => ({ v: 1, type: 'lane', persona: e.persona, device: e.device, service: e.service, contract: e.contract, collection: e.collection, audience: 'everyone', lane: e.lane, keyLogHead: e.contract });
  const place = fc.nat({ max: 700 });
  it('are read the same by the reader of their lane, whole, torn, changed, or of another lane', () => fc.assert(fc.property(anyEnvelope, anyEnvelope, place, fc.string({ maxLength: 3 }), place, (e, other, at, put, length) => {
    const text = envelopeText(e);
    const torn = text.slice(0, at) + put + text.slice(at + length % 4);
    const read = envelopeReader(laneOf(e));
    for (const one of [text, torn, envelopeText(other), JSON.stringify(e), ` ${text}`, `${text}\n`]) assert.deepEqual(read(one), parseEnvelope(one));
    assert.equal(read(text).ok, e.rev < 2 ** 53 && (e.rev === 1) === (e.base === null));
  }), { numRuns: 1500 }));
  it('come back from their text as they were', () => fc.assert(fc.property(envelope, (e) => {
    assert.deepEqual(parseEnvelope(envelopeText(e)), { ok: true, value: JSON.parse(envelopeText(e)) });
    assert.deepEqual(JSON.parse(envelopeText(e)), e);
  })));
});
