import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkBody, compileContract, contractHash, decide, parseContract, type Compiled, type Contract, type Facts, type JsonObject, type Narrowing, type Verb } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { gateCases } from '../oracle/gate-cases.ts';
import { GOOD, spoiled } from '../oracle/hostile/spoiled.ts';
import { TIMES } from '../oracle/longer.ts';

/*
 * The reader in Python was written from spec/contract.md alone: where it and core differ on a contract that somebody spoiled, on a
 * body or on a decision, the page leaves something open, or one of the two is wrong.
 */
const READER = resolve(import.meta.dirname, '../../spec/reader');
const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', 'import cryptography']).status === 0);
const SEED = 20_261;
const CONTRACTS = 1500 * TIMES;
const BODIES = 3000 * TIMES;
const DECISIONS = 6000 * TIMES;

// A line of JSON each: a contract's text, a body of the last contract, or a question about it.
const READ_ALL = `
import json, sys
sys.path.insert(0, sys.argv[1])
import contracts, decide, pod, schemas
from encoding import Refused
contract = None
for line in sys.stdin:
    asked = json.loads(line)
    if "contract" in asked:
        try:
            contract = contracts.parse_contract(asked["contract"])
            print(pod.contract_hash(contract))
        except Refused:
            contract = None
            print("refused")
    elif "body" in asked:
        print(json.dumps(schemas.check_body(contract, asked["collection"], asked["body"]) is None))
    else:
        print(json.dumps(decide.decide(contract, asked["narrowing"], asked["facts"], asked["request"])))
`;

function theirs(asked: readonly object[]): string[] {
  const input = asked.map((one) => `${JSON.stringify(one)}\n`).join('');
  const { status, stdout, stderr } = spawnSync(python!, ['-B', '-c', READ_ALL, READER], { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
  assert.equal(status, 0, stderr);
  return stdout.trimEnd().split('\n');
}

function read(text: string): Contract | null {
  const parsed = parseContract(text);
  return parsed.ok ? parsed.value : null;
}

function prepared(contract: Contract): Compiled {
  const compiled = compileContract(contract);
  assert.ok(compiled.ok);
  return compiled.value;
}

const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number): T[] => fc.sample(arbitrary, { seed: SEED, numRuns });
const vectors = JSON.parse(readFileSync(new URL('../../spec/vectors/contract.json', import.meta.url), 'utf8')) as { bodies: { contract: string; collection: string; body: JsonObject }[]; good: { name: string; contract: JsonObject }[] };

describe('the Python reader and core', { skip: python ? false : 'no Python with the cryptography package (Debian: python3-cryptography)' }, () => {
  it(`accept and refuse the same of ${CONTRACTS} contracts that somebody spoiled`, () => {
    const texts = sample(spoiled(GOOD, 2), CONTRACTS).map((document) => JSON.stringify(document));
    const ours = texts.map((text) => { const contract = read(text); return contract ? contractHash(nobleSuite, contract) : 'refused'; });
    const said = theirs(texts.map((contract) => ({ contract })));
    for (const [i, text] of texts.entries()) assert.equal(said[i], ours[i], text);
    const good = ours.filter((one) => one !== 'refused').length;
    assert.ok(good > CONTRACTS / 30, `${good} accepted`);
  });

  it(`accept and refuse the same of ${BODIES} bodies that somebody spoiled`, () => {
    const bodies = vectors.bodies.filter(({ body }) => typeof body === 'object' && body !== null);
    const asked: object[] = [];
    const ours: string[] = [];
    for (const { name, contract } of vectors.good) {
      const of = bodies.filter((one) => one.contract === name);
      if (of.length === 0) continue;
      const compiled = prepared(read(JSON.stringify(contract))!);
      asked.push({ contract: JSON.stringify(contract) });
      ours.push(contractHash(nobleSuite, compiled.contract));
      for (const { collection } of of) {
        for (const body of sample(spoiled(of.map((one) => one.body)), Math.ceil(BODIES / bodies.length))) {
          asked.push({ body, collection });
          ours.push(String(checkBody(compiled, collection, body) === null));
        }
      }
    }
    const said = theirs(asked);
    for (const [i, one] of asked.entries()) assert.equal(said[i], ours[i], JSON.stringify(one));
    assert.ok(ours.filter((one) => one === 'true').length > BODIES / 50, 'hardly a body was good');
  });

  it(`decide ${DECISIONS} questions alike`, () => {
    const asked: object[] = [];
    const ours: string[] = [];
    let last: unknown = null;
    let compiled: Compiled | null = null;
    for (const { contract, narrowing, facts, collection, verb } of gateCases(SEED, DECISIONS)) {
      if (contract !== last) {
        last = contract;
        compiled = prepared(read(JSON.stringify(contract))!);
        asked.push({ contract: JSON.stringify(contract) });
        ours.push(contractHash(nobleSuite, compiled.contract));
      }
      const request = { collection, verb: verb as Verb };
      asked.push({ narrowing, facts, request });
      ours.push(JSON.stringify(decide(compiled!, narrowing as Narrowing, facts as Facts, request)));
    }
    const said = theirs(asked).map((one) => (one.startsWith('{') ? JSON.stringify(JSON.parse(one)) : one));
    for (const [i, one] of asked.entries()) assert.equal(said[i], ours[i], JSON.stringify(one));
  });
});
