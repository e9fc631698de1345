import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  bodyHash, canonical, chainNext, chainStart, checkOffer, clockMs, clockNext, envelopeId, envelopeText, fromBase64Url, headBytes,
  newSalt, nextRev, parseEnvelope, Refusal, sayAsService, statementHash, toBase64Url, verifyJoined, verifyPresent, verifyKeyLog, verifyLane,
  verifyLog, verifyOffer, verifyServiceOffer, wins,
  type Json, type KeyLogState, type LogEntry, type Op, type Signed, type Taking, type Version,
} from '../index.ts';
import { nobleSuite as suite } from '../noble.ts';

interface Case { name: string; keyLog: string; signed: Signed<object> & { statement: object } }
type Bad<T> = T & { code: string };
interface Group<G, B = G> { good: G[]; bad: Bad<B>[] }
interface Vectors {
  clock: { name: string; last: string; now: number; at?: string; code?: string }[];
  bodies: { body: Json; salt: string; canonical: string; hash: string }[];
  envelopes: { good: { name: string; text: string; id: string }[]; bad: Bad<{ name: string; text: string }>[] };
  chain: {
    persona: string; device: string; lane: string; service: string; start: string; links: { id: string; chain: string }[];
    head: { seq: number; keyLogHead: string; bytes: string; seed: string; signature: string };
  };
  merge: { revs: { base: { rev: number; op: Op } | null; op: Op; rev?: number; code?: string }[]; order: Version[] };
  keyLogs: Record<string, Signed[]>;
  lanes: Group<Case>; joined: Group<Case>; presents: Group<Case & { service: string; challenge: string }>;
  offers: Group<Case & { owner: string; now: number; hash: string }, Case & { owner: string; now: number }>;
  serviceOffers: Group<{ name: string; signed: Signed<object>; hash: string } & Taking, { name: string; signed: Signed<object>; code: string } & Taking>;
  logs: Group<LaneCase & { summary: object }, LaneCase>;
}
interface LaneCase { name: string; keyLog: string; announcement: unknown; entries: LogEntry[] }

const vectors = JSON.parse(readFileSync(new URL('../../../spec/vectors/record.json', import.meta.url), 'utf8')) as Vectors;
const raw = (text: string): Uint8Array => fromBase64Url(text)!;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const stateOf = (name: string): KeyLogState => {
  const state = verifyKeyLog(suite, vectors.keyLogs[name]);
  assert.ok(state.ok);
  return state.value;
};
const codeOf = (result: { ok: boolean; code?: string }): string => (result.ok ? 'accepted' : result.code!);
const refuses = (code: string) => (error: unknown): boolean => error instanceof Refusal && error.code === code;

describe('the clock', () => {
  for (const { name, last, now, at, code } of vectors.clock) {
    it(`${name}: ${at ?? code}`, () => {
      if (code) return assert.throws(() => clockNext(last, now), refuses(code));
      assert.equal(clockNext(last, now), at);
      assert.ok(at! > last);
    });
  }
  it('can be read', () => assert.equal(clockMs(clockNext('', 1_700_000_000_123)), 1_700_000_000_123));
});

describe('bodies', () => {
  for (const { body, salt, canonical: text, hash } of vectors.bodies) {
    it(`${text} with ${salt.slice(0, 6)}…`, () => {
      assert.equal(canonical(body), text);
      assert.equal(toBase64Url(bodyHash(suite, raw(salt), body)), hash);
    });
  }
  it('get a salt of 32 bytes, never the same', () => {
    assert.equal(newSalt(suite).length, 32);
    assert.notDeepEqual(newSalt(suite), newSalt(suite));
  });
});

describe('envelopes', () => {
  for (const { name, text, id } of vectors.envelopes.good) {
    it(`accepts: ${name}`, () => {
      const parsed = parseEnvelope(text);
      assert.ok(parsed.ok);
      assert.equal(envelopeText(parsed.value), text);
      assert.equal(canonical(parsed.value as unknown as Json), text);
      assert.equal(toBase64Url(envelopeId(suite, text)), id);
    });
  }
  for (const { name, text, code } of vectors.envelopes.bad) it(`refuses: ${name}: ${code}`, () => assert.equal(codeOf(parseEnvelope(text)), code));
});

describe('a chain', () => {
  const { persona, device, lane, service, start, links, head } = vectors.chain;
  it('starts and goes on', () => {
    let chain = chainStart(suite, persona, raw(device), raw(lane));
    assert.equal(toBase64Url(chain), start);
    for (const link of links) {
      chain = chainNext(suite, chain, raw(link.id));
      assert.equal(toBase64Url(chain), link.chain);
    }
  });
  it('is signed', () => {
    const bytes = headBytes({
      persona, device: raw(device), service, lane: raw(lane), seq: head.seq, chain: raw(links.at(-1)!.chain), keyLogHead: raw(head.keyLogHead),
    });
    assert.equal(hex(bytes), head.bytes);
    assert.equal(toBase64Url(suite.sign(new Uint8Array(Buffer.from(head.seed, 'hex')), bytes)), head.signature);
  });
});

describe('revisions', () => {
  for (const { base, op, rev, code } of vectors.merge.revs) {
    it(`${op} upon ${JSON.stringify(base)}: ${rev ?? code}`, () => {
      if (code) assert.throws(() => nextRev(base, op), refuses(code));
      else assert.equal(nextRev(base, op), rev);
    });
  }
  it('each version in the table beats all before it', () => {
    for (const [i, a] of vectors.merge.order.entries()) {
      for (const [j, b] of vectors.merge.order.entries()) assert.equal(wins(a, b), i > j, `${i} against ${j}`);
    }
  });
});

describe('lane announcements', () => {
  for (const { name, signed, keyLog } of vectors.lanes.good) {
    it(`accepts: ${name}`, () => assert.deepEqual(verifyLane(suite, signed, stateOf(keyLog)), { ok: true, value: signed.statement }));
  }
  for (const { name, signed, keyLog, code } of vectors.lanes.bad) {
    it(`refuses: ${name}: ${code}`, () => assert.equal(codeOf(verifyLane(suite, signed, stateOf(keyLog))), code));
  }
});

describe('joined statements', () => {
  for (const { name, signed, keyLog } of vectors.joined.good) {
    it(`accepts: ${name}`, () => assert.deepEqual(verifyJoined(suite, signed, stateOf(keyLog)), { ok: true, value: signed.statement }));
  }
  for (const { name, signed, keyLog, code } of vectors.joined.bad) {
    it(`refuses: ${name}: ${code}`, () => assert.equal(codeOf(verifyJoined(suite, signed, stateOf(keyLog))), code));
  }
});

describe('answers to services', () => {
  for (const { name, signed, keyLog, ...of } of vectors.presents.good) {
    it(`accepts: ${name}`, () => assert.deepEqual(verifyPresent(suite, signed, { ...of, keyLog: stateOf(keyLog) }), { ok: true, value: signed.statement }));
  }
  for (const { name, signed, keyLog, code, ...of } of vectors.presents.bad) {
    it(`refuses: ${name}: ${code}`, () => assert.equal(codeOf(verifyPresent(suite, signed, { ...of, keyLog: stateOf(keyLog) })), code));
  }
});

describe('offers', () => {
  const check = (of: Case & { owner: string; now: number }): ReturnType<typeof verifyOffer> =>
    verifyOffer(suite, of.signed, { owner: of.owner, now: of.now, keyLog: stateOf(of.keyLog) });
  for (const of of vectors.offers.good) {
    it(`accepts: ${of.name}`, () => {
      assert.deepEqual(check(of), { ok: true, value: of.signed.statement });
      assert.deepEqual(checkOffer(suite, of.signed), check(of));
      assert.equal(statementHash(suite, of.signed.statement), of.hash);
    });
  }
  for (const of of vectors.offers.bad) it(`refuses: ${of.name}: ${of.code}`, () => assert.equal(codeOf(check(of)), of.code));
});

describe('offers of services', () => {
  for (const of of vectors.serviceOffers.good) {
    it(`accepts: ${of.name}`, () => {
      assert.deepEqual(verifyServiceOffer(suite, of.signed, of), { ok: true, value: of.signed.statement });
      assert.equal(statementHash(suite, of.signed.statement), of.hash);
    });
  }
  for (const of of vectors.serviceOffers.bad) it(`refuses: ${of.name}: ${of.code}`, () => assert.equal(codeOf(verifyServiceOffer(suite, of.signed, of)), of.code));

  it('what a service says is an offer that its owner may take, and no two are the same', () => {
    const { signed: { statement }, now, by: _, ...at } = vectors.serviceOffers.good[0]!;
    const seed = suite.random(32), by = toBase64Url(suite.publicKey(seed));
    const { key } = statement as { key: string };
    for (const body of [undefined, { title: 'Soup' }]) {
      const [one, other] = [0, 1].map(() => sayAsService(suite, { ...at, key, ...(body && { body }) }, { seed, now }));
      const read = verifyServiceOffer(suite, one!.offer, { ...at, by, now });
      assert.ok(read.ok, codeOf(read));
      assert.equal(read.value.body, body && toBase64Url(bodyHash(suite, raw(one!.salt!), body)));
      assert.notEqual(statementHash(suite, one!.offer.statement), statementHash(suite, other!.offer.statement));
    }
  });
});

describe('a whole lane', () => {
  for (const { name, keyLog, announcement, entries, summary } of vectors.logs.good) {
    it(`accepts: ${name}`, () => {
      const result = verifyLog(suite, { announcement, entries, keyLog: stateOf(keyLog) });
      assert.ok(result.ok, codeOf(result));
      const { lane, ...rest } = result.value;
      assert.deepEqual(rest, summary);
      assert.deepEqual(lane, (announcement as Signed<object>).statement);
    });
  }
  for (const { name, keyLog, announcement, entries, code } of vectors.logs.bad) {
    it(`refuses: ${name}: ${code}`, () => assert.equal(codeOf(verifyLog(suite, { announcement, entries, keyLog: stateOf(keyLog) })), code));
  }
  it('says which record is wrong', () => {
    const at = (name: string): string | undefined => {
      const { announcement, entries, keyLog } = vectors.logs.bad.find((of) => of.name === name)!;
      const r = verifyLog(suite, { announcement, entries, keyLog: stateOf(keyLog) });
      return r.ok ? 'accepted' : r.at;
    };
    assert.equal(at('a body that was changed'), 'entries[1].body');
    assert.equal(at('the last record cut off'), 'entries[3]');
    assert.equal(at('an erased record that kept its body'), 'entries[0]');
  });
});
