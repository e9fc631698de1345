import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkServiceKey, contractHash, followsOn, serviceId, signContract, signRotation, toBase64Url, verifyRotated, type Contract, type KeyedService, type RotateServiceKey, type Signed } from '../index.ts';
import { nobleSuite as suite } from '../noble.ts';
import { someContract } from './fixture.ts';

const seeds = [1, 2, 3].map((n) => new Uint8Array(32).fill(n));
const keys = seeds.map((seed) => toBase64Url(suite.publicKey(seed)));
const AT = '0'.repeat(16);
const id = serviceId(suite, suite.publicKey(seeds[0]!), 'potluck');
const signedBy = (n: number, more: object = {}): Contract =>
  signContract(suite, someContract({ service: { id, name: 'potluck', title: 'Potluck', publisher: 'The makers', key: keys[n]!, ...more } }), seeds[n]!, AT);
const rotation = (from: number, to: number, service = id, by = from): unknown => signRotation(suite, { service, from: keys[from]!, to: keys[to]!, at: AT }, seeds[by]!);
const verdict = (contract: Contract, rotations: readonly unknown[]): unknown => {
  const result = verifyRotated(suite, contract, [], rotations);
  return result.ok ? result.value === contractHash(suite, contract) : [result.code, result.at];
};

test('a key follows another by statements of the ones before', () => {
  assert.deepEqual(verdict(signedBy(0), []), true);
  assert.deepEqual(verdict(signedBy(1), [rotation(0, 1)]), true);
  assert.deepEqual(verdict(signedBy(2), [rotation(0, 1), rotation(1, 2)]), true);
  const checked = checkServiceKey(suite, signedBy(2), [rotation(0, 1), rotation(1, 2)]);
  assert.equal(checked.ok && checked.value.length, 2);
  assert.ok(checkServiceKey(suite, signedBy(0), []).ok);
});

test('and by no others', () => {
  assert.deepEqual(verdict(signedBy(1), []), ['bad_id', '/service/id']);
  assert.deepEqual(verdict(signedBy(1), [rotation(0, 1, id, 1)]), ['bad_rotation', '/rotations/0']);
  assert.deepEqual(verdict(signedBy(1), [rotation(0, 1, 'B'.repeat(42) + 'A')]), ['bad_rotation', '/rotations/0']);
  assert.deepEqual(verdict(signedBy(2), [rotation(0, 1), rotation(0, 2)]), ['bad_rotation', '/rotations/1']);
  assert.deepEqual(verdict(signedBy(2), [rotation(1, 2)]), ['bad_id', '/service/id'], 'the first key is the one of the id');
  assert.deepEqual(verdict(signedBy(0), [rotation(0, 1)]), ['bad_rotation', '/service/key'], 'a key that ended signs nothing');
  assert.deepEqual(verdict(signedBy(0), [rotation(0, 1), rotation(1, 0)]), ['bad_rotation', '/rotations/1'], 'nor does it come back');
  assert.deepEqual(verdict({ ...signedBy(1), purpose: 'Other.' }, [rotation(0, 1)]), ['bad_signature', '/signature/sig']);
});

test('what is built in has no keys to rotate', () => {
  const built = someContract({ service: { id: 'potluck', name: 'potluck', title: 'Potluck', publisher: 'The makers', key: null }, collections: { dishes: { kind: 'list', item: 'dish', allow: [] } } });
  assert.deepEqual(verdict(built, [rotation(0, 1)]), ['not_built_in', '/service/key']);
  const checked = checkServiceKey(suite, built, []);
  assert.deepEqual(checked.ok ? 'yes' : checked.code, 'bad_id');
});

interface Case { name: string; service: KeyedService['service']; rotations: unknown[]; good: boolean; code?: string; at?: string }
const { cases } = JSON.parse(readFileSync(new URL('../../../spec/vectors/rotation.json', import.meta.url), 'utf8')) as { cases: Case[] };
for (const { name, service, rotations, good, code, at } of cases) {
  test(`vector: ${name}`, () => {
    const checked = checkServiceKey(suite, { service }, rotations);
    assert.deepEqual(checked.ok ? [true, undefined, undefined] : [false, checked.code, checked.at], [good, code, at]);
  });
}

test('whoever has seen a rotation goes on from it, and from no other', () => {
  const [one, two, other] = [rotation(0, 1), rotation(1, 2), rotation(0, 2)] as Signed<RotateServiceKey>[];
  assert.deepEqual([followsOn([], [one!]), followsOn([one!], [one!, two!]), followsOn([one!], [one!])], [true, true, true]);
  assert.deepEqual([followsOn([one!], []), followsOn([one!], [other!]), followsOn([one!, two!], [one!])], [false, false, false]);
});
