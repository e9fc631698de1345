import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entropyOf, recoverySeed, toBase64Url, verifyKeyLog } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { makeKeys, wordsFrom } from './keys.ts';

const podDevice = toBase64Url(nobleSuite.publicKey(new Uint8Array(32).fill(7)));
const house = `c${'a'.repeat(52)}`;

test('the key log made here stands up to a stranger, and says what it should', () => {
  const made = makeKeys({ podDevice, house });
  const log = verifyKeyLog(nobleSuite, JSON.parse(JSON.stringify(made.keyLog)));
  assert.ok(log.ok);
  assert.equal(log.value.persona, made.persona);
  assert.equal(log.value.home, house);
  assert.deepEqual(log.value.devices.get(podDevice)?.capabilities, ['write']);
  assert.ok(log.value.devices.get(made.kept.deviceKey)?.capabilities.includes('manage'));
  assert.match(made.face, /^[\w-]{16}$/);
});

test('the words on paper are the recovery key, and the house is sent neither', () => {
  const made = makeKeys({ podDevice, house });
  const words = wordsFrom(made.kept.entropy!);
  assert.equal(words.length, 24);
  const back = entropyOf(words);
  assert.ok(back.ok);
  const log = verifyKeyLog(nobleSuite, made.keyLog);
  assert.ok(log.ok);
  assert.equal(toBase64Url(nobleSuite.publicKey(recoverySeed(back.value))), log.value.recoveryKey);
  const sent = JSON.stringify(made.keyLog);
  for (const secret of [made.kept.entropy!, made.kept.deviceSeed, recoverySeed(made.kept.entropy!)]) assert.ok(!sent.includes(toBase64Url(secret)));
});

test('another try is another person; the same seeds stay the same person on another pod device', () => {
  const first = makeKeys({ podDevice, house });
  assert.notEqual(makeKeys({ podDevice, house }).persona, first.persona);
  const other = toBase64Url(nobleSuite.publicKey(new Uint8Array(32).fill(9)));
  const again = makeKeys({ podDevice: other, house, seeds: first.seeds });
  assert.equal(again.persona, first.persona);
  assert.notDeepEqual(again.keyLog, first.keyLog);
});
