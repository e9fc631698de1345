import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  canonical, checkStatement, entropyOf, extendKeyLog, inception, isSoundKey, mayAt, newRecovery, personaIdOf, recoverySeed,
  signStatement, startKeyLog, statementHash, toBase64Url, verifyKeyLog, wordsOf,
  type Inception, type Json, type KeyLogState, type Signed,
} from '../index.ts';
import { nobleSuite as suite } from '../noble.ts';

const read = (): Vectors => JSON.parse(readFileSync(new URL('../../../spec/vectors/identity.json', import.meta.url), 'utf8')) as Vectors;
interface Vectors {
  recovery: { good: { entropy: string; words: string; seed: string; recoveryKey: string }[]; bad: { name: string; words: string; code: string }[] };
  persona: { statement: Inception; canonical: string; hash: string; signatures: string[]; persona: string };
  keyLogs: { good: { name: string; log: Signed[]; state: { devices: object } }[]; bad: { name: string; log: unknown; code: string }[] };
}
const vectors = read();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const plain = ({ devices, ...state }: KeyLogState): object => ({ ...state, devices: Object.fromEntries(devices) });

describe('recovery words', () => {
  for (const of of vectors.recovery.good) {
    it(`of ${of.entropy.slice(0, 8)}…`, () => {
      const entropy = new Uint8Array(Buffer.from(of.entropy, 'hex'));
      assert.equal(wordsOf(entropy).join(' '), of.words);
      assert.deepEqual(entropyOf(of.words), { ok: true, value: entropy });
      assert.equal(hex(recoverySeed(entropy)), of.seed);
      assert.equal(toBase64Url(suite.publicKey(recoverySeed(entropy))), of.recoveryKey);
    });
  }
  for (const of of vectors.recovery.bad) {
    it(`${of.name}: ${of.code}`, () => { const r = entropyOf(of.words); assert.equal(!r.ok && r.code, of.code); });
  }
  it('a new one has 24 words that lead back to it, as a list and as typed by hand', () => {
    const { entropy, words } = newRecovery(suite);
    assert.equal(words.length, 24);
    assert.deepEqual(entropyOf(words), { ok: true, value: entropy });
    assert.deepEqual(entropyOf(`  ${words.join('\n').toUpperCase()} `), { ok: true, value: entropy });
  });
});

describe('a persona', () => {
  it('is named by its inception', () => {
    const { statement, canonical: text, hash, persona, signatures } = vectors.persona;
    assert.equal(canonical(statement as unknown as Json), text);
    assert.equal(statementHash(suite, statement), hash);
    assert.equal(personaIdOf(suite, statement), persona);
    assert.equal(persona.length, 53);
    assert.equal(verifyKeyLog(suite, [{ statement, signatures }]).ok, true);
  });
  it('takes keys raw or as text', () => {
    const of = { recoveryKey: new Uint8Array(32).fill(1), deviceKey: new Uint8Array(32).fill(2), nonce: new Uint8Array(16) };
    const text = { recoveryKey: toBase64Url(of.recoveryKey), deviceKey: toBase64Url(of.deviceKey), nonce: toBase64Url(of.nonce) };
    assert.deepEqual(inception(of), inception(text));
  });
});

describe('the key log', () => {
  for (const { name, log, state } of vectors.keyLogs.good) {
    it(`accepts: ${name}`, () => {
      const result = verifyKeyLog(suite, log);
      assert.ok(result.ok, result.ok ? '' : result.code);
      assert.deepEqual(plain(result.value), state);
    });
  }
  for (const { name, log, code } of vectors.keyLogs.bad) {
    it(`refuses: ${name}: ${code}`, () => { const r = verifyKeyLog(suite, log); assert.equal(!r.ok && r.code, code); });
  }
  it('says where a statement is wrong', () => {
    const at = (name: string): string | undefined => {
      const r = verifyKeyLog(suite, vectors.keyLogs.bad.find((of) => of.name === name)?.log);
      return r.ok ? 'accepted' : r.at;
    };
    assert.equal(at('an unknown capability'), '[3].statement.capabilities');
    assert.equal(at('an entry that is not an object'), '[0]');
    assert.equal(at('an empty list'), undefined);
    assert.equal(at('an inception signed the wrong way round'), '[0].signatures[0]');
  });
  it('leaves the state that it was given as it was', () => {
    const log = vectors.keyLogs.good.at(-1)!.log;
    let state: KeyLogState | null = null;
    for (const signed of log) {
      const before: string = JSON.stringify(state && plain(state));
      const next = extendKeyLog(suite, state, signed);
      assert.equal(JSON.stringify(state && plain(state)), before);
      assert.ok(next.ok);
      state = next.value;
    }
    assert.deepEqual(verifyKeyLog(suite, log), { ok: true, value: state });
  });
  it('refuses any change of any byte of any statement', () => {
    const log = vectors.keyLogs.good[2]!.log;
    fc.assert(fc.property(fc.nat(JSON.stringify(log).length - 1), fc.integer({ min: 33, max: 126 }), (at, char) => {
      const text = JSON.stringify(log);
      const changed = text.slice(0, at) + String.fromCharCode(char) + text.slice(at + 1);
      if (changed === text) return;
      let value: unknown;
      try { value = JSON.parse(changed); } catch { return; }
      assert.equal(verifyKeyLog(suite, value).ok, false);
    }), { numRuns: 150 });
  });
});

describe('a statement alone', () => {
  it('is an object, and a label is a text', () => {
    const code = (value: unknown): string => { const r = checkStatement(value); return r.ok ? 'ok' : `${r.code} ${r.at ?? ''}`; };
    assert.equal(code(null), 'not_object ');
    const add = vectors.keyLogs.good[1]!.log[1]!.statement;
    assert.equal(code(add), 'ok');
    assert.equal(code({ ...add, label: 7 }), 'bad_field label');
  });
});

describe('starting a persona', () => {
  const seeds = { recoverySeed: suite.random(32), deviceSeed: suite.random(32) };
  const podDevice = suite.publicKey(suite.random(32));
  const house = vectors.persona.persona;
  it('makes the log that joins a house', () => {
    const result = verifyKeyLog(suite, startKeyLog(suite, { ...seeds, podDevice, house, label: 'Choir house' }));
    assert.ok(result.ok);
    const { devices, home, height } = result.value;
    assert.deepEqual([home, height], [house, 2]);
    assert.deepEqual(devices.get(toBase64Url(podDevice)), { capabilities: ['write'], label: 'Choir house', addedAt: 1 });
  });
  it('is never the same twice, and needs no label', () => {
    const [a, b] = [1, 2].map(() => startKeyLog(suite, { ...seeds, podDevice: toBase64Url(podDevice), house }));
    assert.notDeepEqual(a![0], b![0]);
    assert.equal(verifyKeyLog(suite, a).ok, true);
  });
});

describe('what a device may do at a head', () => {
  const { log } = vectors.keyLogs.good[2]!;
  const state = verifyKeyLog(suite, log);
  assert.ok(state.ok);
  const laptop = (log[0]!.statement as Inception).deviceKey;
  const pod = [...state.value.devices.keys()][1]!;
  const code = (device: string, capability: 'write' | 'manage', height: number): string | number => {
    const r = mayAt(state.value, device, capability, state.value.heads[height] ?? 'nowhere');
    return r.ok ? r.value : r.code;
  };
  it('depends on when it was added and revoked', () => {
    assert.equal(code(laptop, 'write', 0), 0);
    assert.equal(code(laptop, 'manage', 3), 3);
    assert.equal(code(laptop, 'write', 4), 'device_revoked');
    assert.equal(code(pod, 'write', 0), 'device_unknown');
    assert.equal(code(pod, 'write', 5), 5);
    assert.equal(code(pod, 'manage', 5), 'device_not_capable');
    assert.equal(code('stranger', 'write', 5), 'device_unknown');
    assert.equal(code(pod, 'write', 99), 'head_unknown');
  });
});

describe('a sound key', () => {
  it('is 32 bytes, below the prime, not of small order', () => {
    assert.equal(isSoundKey(toBase64Url(suite.publicKey(suite.random(32)))), true);
    const last = (first: number): string => toBase64Url(Uint8Array.from([first, ...Array<number>(30).fill(255), 127]));
    assert.deepEqual([0xeb, 0xec, 0xed, 0xff].map((b) => isSoundKey(last(b))), [true, false, false, false]);
    assert.equal(isSoundKey(7), false);
  });
  it('leaves out every point that the library knows to be of small order', () => {
    const orders = ['0100000000000000000000000000000000000000000000000000000000000000', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa', '0000000000000000000000000000000000000000000000000000000000000080'];
    for (const point of orders) assert.equal(isSoundKey(toBase64Url(Buffer.from(point, 'hex'))), false);
  });
});

describe('signing', () => {
  it('puts one signature per seed, in order', () => {
    const first = inception({ recoveryKey: suite.publicKey(suite.random(32)), deviceKey: suite.publicKey(suite.random(32)), nonce: suite.random(16) });
    assert.equal(signStatement(suite, first, [suite.random(32), suite.random(32)]).signatures.length, 2);
  });
});
