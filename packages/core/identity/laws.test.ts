import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, hash, sign, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  extendKeyLog, inception, personaIdOf, REVERT_MS, signStatement, statementHash, toBase64Url, verifyKeyLog, verifyPersona,
  type Capability, type KeyLogState, type PersonaVerdict, type Signed, type Statement, type Suite,
} from '../index.ts';
import { nobleSuite } from '../noble.ts';

// Thousands of logs: the same signatures, by OpenSSL, which is thirty times as fast.
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const kept = <T>(make: (raw: Uint8Array) => T): ((raw: Uint8Array) => T) => {
  const known = new Map<string, T>();
  return (raw) => {
    const name = toBase64Url(raw);
    if (!known.has(name)) known.set(name, make(raw));
    return known.get(name)!;
  };
};
const privateKey = kept((seed) => createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' }));
const publicKey = kept((key) => createPublicKey({ key: Buffer.concat([SPKI, key]), format: 'der', type: 'spki' }));
const suite: Suite = {
  ...nobleSuite,
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  sign: (seed, message) => sign(null, message, privateKey(seed)),
  verify: (key, message, signature) => verify(null, message, publicKey(key), signature),
};

const seedOf = (name: string): Uint8Array => suite.sha256(new TextEncoder().encode(name));
const SEEDS = new Map(['words', 'words 2', 'laptop', 'phone', 'tablet', 'pod', 'stranger'].map((name) => [name, seedOf(name)]));
const KEYS = new Map([...SEEDS].map(([name, seed]) => [name, toBase64Url(suite.publicKey(seed))]));
const keyOf = (name: string): string => KEYS.get(name)!;
const first = signStatement(suite, inception({ recoveryKey: keyOf('words'), deviceKey: keyOf('laptop'), nonce: new Uint8Array(16) }),
  [SEEDS.get('words')!, SEEDS.get('laptop')!]);
const persona = personaIdOf(suite, first.statement);
const HOUSES = ['a', 'q'].map((end) => `c${'a'.repeat(51)}${end}`);

/** One statement to be: who signs what, on which of those before (modulo their number), and when it was first seen. */
interface Step { by: string; on: number; own: object; seen: number }
const all: Capability[] = ['e2ee', 'manage', 'write'];
const owns: object[] = [
  { type: 'add-device', device: keyOf('phone'), capabilities: all }, { type: 'add-device', device: keyOf('tablet'), capabilities: all },
  { type: 'add-device', device: keyOf('pod'), capabilities: ['write'] }, { type: 'revoke-device', device: keyOf('laptop') },
  { type: 'revoke-device', device: keyOf('phone') }, { type: 'rotate-recovery', recoveryKey: keyOf('words 2') },
  { type: 'set-home', house: HOUSES[0] }, { type: 'set-home', house: HOUSES[1] }, { type: 'revert-home' }, { type: 'retire' },
];
const DAY = REVERT_MS / 7;
const step = (...signers: string[]): fc.Arbitrary<Step> => fc.record({
  by: fc.constantFrom(...signers), on: fc.nat(30), own: fc.constantFrom(...owns), seen: fc.nat(12).map((days) => days * DAY),
});
const someone = step('words', 'words', 'words 2', 'laptop', 'laptop', 'phone', 'tablet', 'pod', 'stranger');
// Mostly upon the last statements, so that logs grow long, and sometimes anywhere, so that they fork.
const steps = fc.array(fc.oneof(someone, someone.map((of) => ({ ...of, on: 0 }))), { minLength: 2, maxLength: 14 });

const byWords = (own: object): Step => ({ by: 'words', on: 0, own, seen: 6 * DAY });
const around = (own: object): fc.Arbitrary<Step[]> => fc.tuple(steps, fc.array(someone, { maxLength: 4 })).map(([a, b]) => [...a, byWords(own), ...b]);

interface World { statements: Signed[]; firstSeen: Map<string, number>; good: KeyLogState[] }
const begun = verifyKeyLog(suite, [first]);
assert.ok(begun.ok);
const WORLD: World = { statements: [first], firstSeen: new Map(), good: [begun.value] };

// Each statement builds on one that was right where it stands, counted from the last one; it may itself be wrong there.
function build(plan: readonly Step[], world: World = WORLD): World {
  const [statements, firstSeen, good] = [[...world.statements], new Map(world.firstSeen), [...world.good]];
  for (const { by, on, own, seen } of plan) {
    const before = good.at(-1 - (on % good.length))!;
    const statement = { v: 1, persona, height: before.height + 1, prev: before.head, by: keyOf(by), ...own } as Statement;
    const signed = signStatement(suite, statement, [SEEDS.get(by)!]);
    statements.push(signed);
    const next = extendKeyLog(suite, before, signed);
    const hash = statementHash(suite, statement);
    if (firstSeen.has(hash)) continue;
    firstSeen.set(hash, seen);
    if (next.ok) good.push(next.value);
  }
  return { statements, firstSeen, good };
}

const NOW = 20 * DAY;
const ask = ({ statements, firstSeen }: World, now = NOW): PersonaVerdict => {
  const verdict = verifyPersona(suite, { persona, statements, firstSeen, now });
  assert.ok(verdict.ok);
  return verdict.value;
};
const moment = fc.nat(24).map((days) => days * DAY);
const RUNS = { numRuns: 200 };

describe('laws of a set of statements', () => {
  it('the answer does not depend on order or copies: two verifiers with the same firstSeen agree', () => {
    fc.assert(fc.property(steps, moment, fc.infiniteStream(fc.nat()), (plan, now, random) => {
      const world = build(plan);
      const shuffled = [...world.statements, ...world.statements.slice(3)]
        .map((one) => ({ one: structuredClone(one), at: random.next().value as number })).sort((a, b) => a.at - b.at).map(({ one }) => one);
      assert.deepEqual(ask({ ...world, statements: shuffled }, now), ask(world, now));
    }), RUNS);
  });

  it('the winner is a good key log, and every statement is in it, waits for it, or has lost', () => {
    fc.assert(fc.property(steps, moment, (plan, now) => {
      const world = build(plan);
      const { chain, state, losers, pending } = ask(world, now);
      assert.deepEqual(verifyKeyLog(suite, chain), { ok: true, value: state });
      const told = [...chain.map((one) => statementHash(suite, one.statement)), ...(pending?.waiting ?? []), ...losers.map(({ hash }) => hash)];
      assert.equal(new Set(told).size, told.length);
      assert.deepEqual(new Set(told), new Set(world.statements.map((one) => statementHash(suite, one.statement))));
    }), RUNS);
  });

  it('keys without right never change anything but the list of losers', () => {
    fc.assert(fc.property(steps, fc.array(step('stranger', 'pod'), { minLength: 1, maxLength: 6 }), moment, (plan, hostile, now) => {
      const world = build(plan);
      const more = build(hostile.map((of) => ({ ...of, own: { ...of.own, ...(of.by === 'pod' ? {} : { device: keyOf('stranger') }) } })), world);
      const forged = world.statements.map((one) => ({ ...one, signatures: [...one.signatures.slice(1), 'A'.repeat(86)] }));
      const { losers: _, ...before } = ask(world, now);
      const { losers: __, ...after } = ask({ ...more, statements: [...forged, ...more.statements] }, now);
      assert.deepEqual(after, before);
    }), RUNS);
  });
});

describe('laws of what recovery put out', () => {
  it('a recovery key that was rotated out never changes the winner by what nobody had seen', () => {
    let rotated = 0;
    fc.assert(fc.property(around(owns[5]!), fc.array(step('words'), { minLength: 1, maxLength: 4 }), (plan, late) => {
      const world = build(plan);
      const before = ask(world);
      if (!before.state.pastRecoveryKeys.includes(keyOf('words'))) return;
      rotated++;
      assert.deepEqual(ask(build(late.map((of) => ({ ...of, seen: 15 * DAY })), world)).chain, before.chain);
    }), RUNS);
    assert.ok(rotated > 30, `only ${rotated} of them had rotated`);
  });

  it('a device that recovery revoked never changes the winner by what nobody had seen', () => {
    let revoked = 0;
    fc.assert(fc.property(around(owns[3]!), fc.array(step('laptop'), { minLength: 1, maxLength: 4 }), (plan, late) => {
      const world = build(plan);
      const before = ask(world);
      if (![keyOf('words'), keyOf('words 2')].includes(before.state.devices.get(keyOf('laptop'))?.revokedBy ?? '')) return;
      revoked++;
      assert.deepEqual(ask(build(late.map((of) => ({ ...of, seen: 15 * DAY })), world)).chain, before.chain);
    }), RUNS);
    assert.ok(revoked > 30, `only ${revoked} of them were revoked`);
  });

  it('retirement is for good: nothing that nobody had seen brings the persona back', () => {
    let retired = 0;
    fc.assert(fc.property(around(owns[9]!), fc.array(someone, { minLength: 1, maxLength: 4 }), (plan, late) => {
      const world = build(plan);
      const before = ask(world);
      if (!before.state.retired) return;
      retired++;
      assert.deepEqual(ask(build(late.map((of) => ({ ...of, seen: 15 * DAY })), world)).state, before.state);
    }), RUNS);
    assert.ok(retired > 30, `only ${retired} of them had retired`);
  });

  it('time alone moves on only what waited', () => {
    fc.assert(fc.property(steps, moment, moment, (plan, a, b) => {
      const world = build(plan);
      const [early, later] = [ask(world, Math.min(a, b)), ask(world, Math.max(a, b))];
      assert.deepEqual(later.chain.slice(0, early.chain.length), early.chain);
      if (!early.pending) assert.deepEqual(later, early);
    }), RUNS);
  });
});
