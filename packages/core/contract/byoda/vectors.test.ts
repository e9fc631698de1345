import assert from 'node:assert/strict';
import { constants, createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  byodaSignatures, compileByoda, compileContract, contractCard, contractHash, decide, isByoda, mayRead,
  type ByodaContract, type Compiled, type Facts, type Json, type JsonObject, type Verb,
} from '../../index.ts';
import { nobleSuite } from '../../noble.ts';

interface Vectors {
  files: { name: string; file: JsonObject; hash: string; unhonoured: { [code: string]: string[] } }[];
  bad: { name: string; of: string; at: string; put?: Json; expect: { code: string; at: string } }[];
  matrix: ({ file: string; class: string } & Record<Column, string>)[];
  signed: { keys: Record<'service' | 'network', string>; file: JsonObject; bytes: Record<'service' | 'network', string> };
}
type Column = 'owner' | 'friend' | 'follow' | 'member' | 'service' | 'anyone' | 'other';

const vectors = JSON.parse(readFileSync(new URL('../../../../spec/vectors/byoda.json', import.meta.url), 'utf8')) as Vectors;

function made(file: unknown, key?: Uint8Array): ByodaContract {
  const result = compileByoda(nobleSuite, file, key);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

const contracts = new Map<string, Compiled>();
for (const { name, file, hash, unhonoured } of vectors.files) {
  const compiled = compileContract(made(file).contract);
  assert.ok(compiled.ok);
  contracts.set(name, compiled.value);
  test(`accepted: ${name}`, () => {
    assert.ok(isByoda(file));
    for (const input of [file, JSON.stringify(file, null, 3)]) {
      const { contract, unhonoured: found, number } = made(input);
      assert.equal(contractHash(nobleSuite, contract), hash);
      assert.equal(number, file['service_id']);
      const byCode = Object.fromEntries(Object.entries(Object.groupBy(found, ({ code }) => code)).map(([code, all]) => [code, all!.map(({ at }) => at)]));
      assert.deepEqual(byCode, unhonoured);
      for (const { code, message, blocks } of found) {
        assert.match(message, /\.$/);
        assert.equal(blocks, code === 'anonymous_answers');
      }
      assert.ok(contractCard(contract, 'en').ok, 'every rule has a sentence');
    }
  });
}

function changed({ of, at, put }: Vectors['bad'][number]): JsonObject {
  const file = structuredClone(vectors.files.find(({ name }) => name === of)!.file);
  const names = at.slice(1).split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = names.pop()!;
  const inside = names.reduce<JsonObject>((object, name) => (Object.hasOwn(object, name) && typeof object[name] === 'object' ? object[name] as JsonObject : (object[name] = { permission: 'read' })), file);
  if (put === undefined) delete inside[last];
  // A name that JavaScript gives a meaning is a name like any other in JSON.
  else Object.defineProperty(inside, last, { value: put, enumerable: true, configurable: true, writable: true });
  return file;
}

for (const one of vectors.bad) {
  test(`refused: ${one.name}`, () => {
    for (const input of [changed(one), JSON.stringify(changed(one))]) {
      const result = compileByoda(nobleSuite, input);
      assert.ok(!result.ok, 'accepted');
      assert.deepEqual({ code: result.code, at: result.at }, one.expect);
      assert.match(result.message, /\.$|…$/);
    }
  });
}

const PERSONA = 'c'.padEnd(53, 'a');
const nobody: Facts = { persona: null, owner: false, service: false, member: false, house: false, relations: [], mutual: [], blocked: false, now: 0 };
const FACTS: { [column in Column]: Facts } = {
  owner: { ...nobody, persona: PERSONA, owner: true },
  friend: { ...nobody, persona: PERSONA, member: true, relations: ['friend'] },
  follow: { ...nobody, persona: PERSONA, member: true, relations: ['follow'] },
  member: { ...nobody, persona: PERSONA, member: true },
  service: { ...nobody, service: true },
  anyone: nobody,
  other: { ...nobody, persona: PERSONA, house: true },
};
const LETTERS: readonly (readonly [string, Verb])[] = [['r', 'read'], ['a', 'add'], ['u', 'change'], ['d', 'remove'], ['s', 'watch']];

/** What a caller may do with the usual records of a class: letters, with the fields if it is not all of them. */
function cell(compiled: Compiled, collection: string, facts: Facts): string {
  const { defaultAudience } = compiled.collections.get(collection)!;
  return LETTERS.map(([letter, verb]) => {
    const decision = decide(compiled, {}, facts, { collection, verb });
    const readable = 'allow' in decision ? mayRead(decision.allow, defaultAudience, verb === 'add') : 'none';
    return readable === 'none' ? '' : readable === 'all' ? letter : `${letter}(${readable.join()})`;
  }).join('');
}

for (const { file, class: name, ...cells } of vectors.matrix) {
  test(`matrix: ${file}.${name}`, () => {
    const found = Object.fromEntries(Object.entries(FACTS).map(([column, facts]) => [column, cell(contracts.get(file)!, name, facts)]));
    assert.deepEqual(found, cells);
  });
}

test('every class of the two great files is in the matrix', () => {
  for (const name of ['kin', 'reel']) {
    assert.deepEqual(vectors.matrix.filter(({ file }) => file === name).map((row) => row.class).sort(), [...contracts.get(name)!.collections.keys()].sort());
  }
});

test('signatures verify over their bytes, and over no others', () => {
  const { file, keys, bytes } = vectors.signed;
  const isGood = (document: JsonObject, by: 'service' | 'network'): boolean => {
    const read = byodaSignatures(JSON.stringify(document));
    assert.ok(read.ok, JSON.stringify(read));
    const one = read.value.find((signature) => signature.by === by)!;
    return verify('sha256', one.bytes, { key: createPublicKey(keys[by]), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_MAX_SIGN }, one.signature);
  };
  const read = byodaSignatures(JSON.stringify(file));
  assert.ok(read.ok);
  assert.deepEqual(Object.fromEntries(read.value.map((one) => [one.by, createHash('sha256').update(one.bytes).digest('hex')])), bytes);
  for (const by of ['service', 'network'] as const) {
    assert.ok(isGood(file, by));
    assert.ok(isGood(Object.fromEntries(Object.entries(file).reverse()), by), 'the order of names does not matter');
    assert.ok(!isGood({ ...file, version: 2 }, by));
  }
  const { service, network } = file['signatures'] as JsonObject;
  assert.ok(isGood({ ...file, signatures: { service: service! } }, 'service'), 'the service signs first');
  assert.ok(!isGood({ ...file, signatures: { network: network! } }, 'network'), 'the network signs what the service signed');
});

test('bytes that have two spellings are not taken for signed ones', () => {
  const text = JSON.stringify(vectors.signed.file);
  const refusal = (input: string): unknown => {
    const read = byodaSignatures(input);
    return read.ok ? 'read' : [read.code, read.at];
  };
  assert.equal(refusal(text), 'read');
  for (const version of ['1.0', '1e0', '1234567890123456']) assert.deepEqual(refusal(text.replace('"version":1', `"version":${version}`)), ['inexact_number', '']);
  assert.equal(refusal(text.replace('Größe', '1.0')), 'read');
  assert.deepEqual(refusal('[]'), ['wrong_type', '']);
});

test('names are put in the order of code points, and what is empty stays on its line', () => {
  const read = byodaSignatures(JSON.stringify({ '\u{1f408}': [], '\ufb01': {}, ab: [true, null], a: -1, abc: 1, signatures: vectors.signed.file['signatures']! }));
  assert.ok(read.ok);
  assert.equal(new TextDecoder().decode(read.value[0]!.bytes),
    '{\n  "a": -1,\n  "ab": [\n    true,\n    null\n  ],\n  "abc": 1,\n  "signatures": {},\n  "\ufb01": {},\n  "\u{1f408}": []\n}');
});

test('whose key it is makes whose service it is', () => {
  const { file } = vectors.files[0]!;
  const [one, two] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)].map((key) => made(file, key).contract.service);
  assert.notEqual(one!.id, two!.id);
  assert.equal(made(file).contract.service.id, made({ ...file, version: 2 }).contract.service.id, 'a later version is of the same service');
  assert.notEqual(made(file).contract.service.id, made({ ...file, service_id: 5 }).contract.service.id);
});

test('a name that is taken already gets a number, however long it is', () => {
  const name = 'l'.repeat(63);
  const base = structuredClone(vectors.files.find((one) => one.name === 'odd')!.file);
  const schema = base['jsonschema'] as { properties: JsonObject; $defs: JsonObject };
  schema.properties = { [name]: { type: 'object', properties: {} } };
  schema.$defs = { [name]: {}, [`${'l'.repeat(56)}_2`]: {} };
  base['listen_relations'] = [];
  assert.equal(made(base).contract.collections[name]!.item, `${'l'.repeat(56)}_3`);
});

test('definitions and permissions of fields are bounded before contracts are made of them', () => {
  const refusal = (properties: object, $defs: object): unknown => {
    const base = vectors.files.find(({ name }) => name === 'own')!.file;
    const result = compileByoda(nobleSuite, { ...base, jsonschema: { ...base['jsonschema'] as object, properties, $defs } });
    return result.ok ? 'accepted' : [result.code, result.at];
  };
  const list = { type: 'array', items: { $ref: '/schemas/d0' } };
  const chain = Object.fromEntries(Array.from({ length: 513 }, (_, i) => [`d${i}`, { type: 'object', properties: { a: { type: 'array', items: { $ref: `/schemas/d${(i + 1) % 513}` } } } }]));
  assert.deepEqual(refusal({ x: list }, chain), ['too_many', '/jsonschema/$defs']);
  const shown = { type: 'object', properties: Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${i}`, { type: 'string', '#accesscontrol': { service: { permissions: ['read'] } } }])) };
  const classes = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, list]));
  assert.deepEqual([refusal(classes(68), { d0: shown }), refusal(classes(69), { d0: shown })], ['accepted', ['too_many', '/jsonschema/properties/c68']]);
});

test('a bug inside is not taken for a refusal', () => {
  const boom = { get name(): string { throw new RangeError('from the caller'); } };
  assert.throws(() => compileByoda(nobleSuite, boom), RangeError);
  assert.ok(!isByoda(null) && !isByoda({ commonhold: 'contract/1', jsonschema: {} }));
});
