import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { contractHash, parseContract, serviceId, signContract, toBase64Url, verifyContract } from '../index.ts';
import { nobleSuite } from '../noble.ts';

const builtIn = JSON.parse(readFileSync(new URL('../../../spec/contracts/microblog.json', import.meta.url), 'utf8')) as { service: object };
const seed = new Uint8Array(32).fill(9);
const key = nobleSuite.publicKey(seed);
const service = { ...builtIn.service, id: serviceId(nobleSuite, key, 'microblog'), key: toBase64Url(key) };

test('what a key signs, everybody can check; signing again at another moment keeps the hash', () => {
  const parsed = parseContract({ ...builtIn, service });
  assert.ok(parsed.ok);
  const once = signContract(nobleSuite, parsed.value, seed, '019b796dd6000000');
  const again = signContract(nobleSuite, once, seed, '019b796dd6000001');
  for (const signed of [once, again]) {
    const read = parseContract(JSON.stringify(signed));
    assert.ok(read.ok);
    assert.deepEqual(verifyContract(nobleSuite, read.value, []), { ok: true, value: contractHash(nobleSuite, parsed.value) });
  }
  assert.notEqual(once.signature?.sig, again.signature?.sig);
});

test('being listed does not replace a signature where there is a key', () => {
  const parsed = parseContract({ ...builtIn, service });
  assert.ok(parsed.ok);
  const result = verifyContract(nobleSuite, parsed.value, [contractHash(nobleSuite, parsed.value)]);
  assert.equal(result.ok ? '' : result.code, 'unsigned');
});
