import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  blobsIn, checkBody, compileContract, contractHash, decide, mayRead, namedBlobs, parseContract, verifyContract,
  type Alternative, type Audience, type Compiled, type Contract, type Decision, type Facts, type Json, type JsonObject, type NamedBlob, type Narrowing, type Request,
} from '../index.ts';
import { nobleSuite } from '../noble.ts';

interface Named { name: string; contract: Json }
interface Vectors {
  good: (Named & { hash: string })[];
  bad: (Named & { code: string; at: string })[];
  signed: (Named & { expect: { hash: string } | { code: string; at: string } })[];
  bodies: { name: string; contract: string; collection: string; body: Json; expect: { code: string; field: string } | null }[];
  blobs: { name: string; contract: string; collection: string; body: Json; expect: NamedBlob[] }[];
  decide: {
    name: string; contract: string; narrowing: Narrowing; facts: Facts; request: Request; expect: Decision;
    rows?: { audience: Audience; own: boolean; answer: 'all' | 'none' | string[] }[];
  }[];
}

const json = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../../spec/${path}`, import.meta.url), 'utf8'));
const vectors = json('vectors/contract.json') as Vectors;
const listed = Object.values(json('contracts/hashes.json') as { [name: string]: string });

function parsed(document: unknown): Contract {
  const result = parseContract(document);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

const compiled = new Map<string, Compiled>();
for (const { name, contract } of vectors.good) {
  const result = compileContract(parsed(contract));
  assert.ok(result.ok);
  compiled.set(name, result.value);
}

for (const { name, contract, hash } of vectors.good) {
  test(`accepted: ${name}`, () => {
    assert.equal(contractHash(nobleSuite, parsed(contract)), hash);
    assert.equal(contractHash(nobleSuite, parsed(JSON.stringify(contract, null, 3))), hash);
  });
}

for (const { name, contract, code, at } of vectors.bad) {
  test(`refused: ${name}`, () => {
    for (const input of [contract, JSON.stringify(contract)]) {
      const result = parseContract(input);
      assert.ok(!result.ok, 'accepted');
      assert.deepEqual({ code: result.code, at: result.at }, { code, at });
      assert.match(result.message, /\.$|…$/);
    }
  });
}

for (const { name, contract, expect } of vectors.signed) {
  test(`who stands behind it: ${name}`, () => {
    const result = verifyContract(nobleSuite, parsed(contract), listed);
    assert.deepEqual(result.ok ? { hash: result.value } : { code: result.code, at: result.at }, expect);
  });
}

for (const { name, contract, collection, body, expect } of vectors.bodies) {
  test(`body: ${name}`, () => {
    const issue = checkBody(compiled.get(contract)!, collection, body);
    assert.deepEqual(issue && { code: issue.code, field: issue.field }, expect);
  });
}

for (const { name, contract, collection, body, expect } of vectors.blobs) {
  test(`blobs named: ${name}`, () => {
    assert.equal(checkBody(compiled.get(contract)!, collection, body), null);
    assert.deepEqual(blobsIn(compiled.get(contract)!, collection, body), expect);
    assert.deepEqual(namedBlobs(vectors.good.find((one) => one.name === contract)!.contract as JsonObject, collection, body), expect);
  });
}

for (const { name, contract, narrowing, facts, request, expect, rows } of vectors.decide) {
  test(`decide: ${name}`, () => {
    const decision = decide(compiled.get(contract)!, narrowing, facts, request);
    assert.deepEqual(decision, expect);
    const alternatives: readonly Alternative[] = 'allow' in decision ? decision.allow : [];
    for (const { audience, own, answer } of rows ?? []) {
      const readable = mayRead(alternatives, audience, own);
      assert.deepEqual(typeof readable === 'string' ? readable : [...readable].sort(), answer, `${audience} ${own}`);
    }
  });
}

test('the list of built-in hashes is the one of the files beside it', () => {
  const files = ['', 'earlier/'].flatMap((folder) => readdirSync(new URL(`../../../spec/contracts/${folder}`, import.meta.url))
    .filter((name) => name.endsWith('.json') && name !== 'hashes.json').map((name) => folder + name));
  const found = files.map((name) => {
    const contract = parsed(json(`contracts/${name}`));
    return [`${contract.service.id}/${contract.version}`, contractHash(nobleSuite, contract)];
  });
  assert.deepEqual(Object.fromEntries(found), json('contracts/hashes.json'));
});
