import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extendKeyLog, recoverySeed, verifyLaneClose, wordsOf, type KeyLogState, type Signed } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { makeKeys } from '../vault/keys.ts';
import { addDevice, keyOf, mayManage, readLog, revokeDevice, sign, tidyLabel, WRITES } from './statements.ts';
import { countWords } from './typed.ts';
import { readWords } from './words.ts';

const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n);
const house = `c${'a'.repeat(52)}`;
const begin = () => {
  const made = makeKeys({ podDevice: keyOf(seed(7)), house });
  return { ...made, log: readLog(made.persona, made.keyLog), recovery: recoverySeed(made.kept.entropy!) };
};
const after = (log: KeyLogState, signed: Signed): KeyLogState => {
  const next = extendKeyLog(nobleSuite, log, signed);
  assert.ok(next.ok, next.ok ? '' : next.code);
  return next.value;
};

test('a log of somebody else, and one that was bent, are not read', () => {
  const { persona, keyLog } = begin();
  assert.throws(() => readLog(begin().persona, keyLog), { code: 'bad_key_log' });
  const bent = structuredClone(keyLog);
  (bent[2]!.statement as { house: string }).house = `c${'b'.repeat(52)}`;
  assert.throws(() => readLog(persona, bent), { code: 'bad_key_log' });
});

test('this browser adds a device that may manage, and one that only writes', () => {
  const { log, kept } = begin();
  const one = after(log, addDevice(log, kept.deviceSeed, { device: keyOf(seed(1)), label: ' Phone\n ' }));
  assert.equal(one.devices.get(keyOf(seed(1)))!.label, 'Phone');
  assert.ok(mayManage(one, keyOf(seed(1))));
  const two = after(one, addDevice(one, seed(1), { device: keyOf(seed(2)), label: '', capabilities: WRITES }));
  assert.equal(two.devices.get(keyOf(seed(2)))!.label, undefined);
  assert.ok(!mayManage(two, keyOf(seed(2))));
  assert.ok(!mayManage(two, keyOf(seed(7))), 'the house may not');
  assert.equal(extendKeyLog(nobleSuite, two, addDevice(two, seed(2), { device: keyOf(seed(3)), label: '' })).ok, false);
});

test('revoking closes each lane where it stands, in a way that a stranger can check', () => {
  const { log, kept } = begin();
  const added = after(log, addDevice(log, kept.deviceSeed, { device: keyOf(seed(1)), label: 'Phone' }));
  const lane = { lane: 'AAAAAAAAAAAAAAAAAAAAAA', seq: 3, chain: keyOf(seed(9)) };
  const { statement, closes } = revokeDevice(added, kept.deviceSeed, keyOf(seed(1)), [lane]);
  const gone = after(added, statement);
  assert.ok(!mayManage(gone, keyOf(seed(1))));
  assert.equal(closes.length, 1);
  const close = verifyLaneClose(nobleSuite, closes[0], gone);
  assert.ok(close.ok, close.ok ? '' : close.code);
  assert.equal(close.value.seq, 3);
});

test('the words rotate themselves out, and nothing else does', () => {
  const { log, kept, recovery } = begin();
  const fresh = seed(40);
  assert.equal(extendKeyLog(nobleSuite, log, sign(log, kept.deviceSeed, { type: 'rotate-recovery', recoveryKey: keyOf(fresh) })).ok, false);
  const rotated = after(log, sign(log, recovery, { type: 'rotate-recovery', recoveryKey: keyOf(fresh) }));
  assert.equal(rotated.recoveryKey, keyOf(fresh));
  assert.equal(extendKeyLog(nobleSuite, rotated, addDevice(rotated, recovery, { device: keyOf(seed(1)), label: '' })).ok, false, 'the old words still open');
  after(rotated, addDevice(rotated, fresh, { device: keyOf(seed(1)), label: '' }));
});

test('words are read however they were typed, and a slip is told by its place', () => {
  const entropy = seed(5);
  const words = wordsOf(entropy);
  for (const typed of [words.join(' '), words.join('\n').toUpperCase(), words.map((word, i) => `${i + 1}. ${word},`).join(' ')]) {
    const read = readWords(typed);
    assert.ok('entropy' in read, typed);
    assert.deepEqual(read.entropy, entropy);
    assert.deepEqual(read.seed, recoverySeed(entropy));
  }
  assert.equal(countWords(' lamp  otter\n3. zoo '), 3);
  assert.deepEqual(readWords(words.slice(1).join(' ')), { fault: 'count', count: 23 });
  assert.deepEqual(readWords(words.with(6, 'lantorn').join(' ')), { fault: 'unknown', place: 7, word: 'lantorn' });
  assert.deepEqual(readWords(words.with(0, words[0] === 'zoo' ? 'abandon' : 'zoo').join(' ')), { fault: 'together' });
});

test('a label is one line of 64 characters', () => {
  assert.equal(tidyLabel(` a\u0000\nb${'🐌'.repeat(80)}`), `a b${'🐌'.repeat(61)}`);
});
