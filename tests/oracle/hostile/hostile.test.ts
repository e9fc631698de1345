import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  AUDIENCES, byodaSignatures, checkBody, compileByoda, compileContract, contractCard, contractHash, decide, mayRead, parseContract, verifyContract, VERBS,
  type Contract, type Facts, type Json, type JsonObject, type Result,
} from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { GOOD, spoiled, THEIRS } from './spoiled.ts';
import { huge } from './huge.ts';

const RUNS = 500;

/** Is a place precise: does all of it but its last step stand in the document? */
function isPlace(document: Json, at: string): boolean {
  if (at === '') return true;
  let value: Json | undefined = document;
  for (const step of at.slice(1).split('/').slice(0, -1)) {
    if (typeof value !== 'object' || value === null) return false;
    const names: string[] = Object.keys(value);
    // A place names at most 80 characters of a name.
    const name: string | undefined = names.find((one) => one.slice(0, 80).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1') === step);
    if (name === undefined) return false;
    value = (value as { [name: string]: Json })[name];
  }
  return typeof value === 'object' && value !== null;
}

function checkRefusal(document: JsonObject, refused: Exclude<Result<unknown>, { ok: true }>): void {
  assert.match(refused.code, /^[a-z][a-z0-9_]*$/);
  assert.match(refused.message, /\.$|…$/);
  assert.ok(isPlace(document, refused.at ?? ''), `${refused.code} at ${refused.at}`);
  assert.ok(`${refused.at}${refused.message}`.length < 3_000);
}

const facts: Facts = { persona: 'c'.repeat(53), owner: false, service: true, member: true, house: true, relations: ['friend', '__proto__'], mutual: ['friend'], blocked: false, now: 0 };

/** Whatever was accepted can be prepared, said, hashed and asked, and answers nothing by names that JavaScript knows. */
function checkAccepted(contract: Contract): void {
  const compiled = compileContract(contract);
  assert.ok(compiled.ok, JSON.stringify(compiled));
  for (const language of ['en', 'de']) {
    const card = contractCard(contract, language);
    if (!card.ok) assert.equal(card.code, 'no_sentence');
  }
  assert.match(contractHash(nobleSuite, contract), /^[\w-]{43}$/);
  verifyContract(nobleSuite, contract, []);
  for (const collection of [...compiled.value.collections.keys(), '__proto__', 'constructor', 'toString', '']) {
    for (const verb of VERBS) {
      for (const one of [facts, { ...facts, owner: true }]) {
        const decision = decide(compiled.value, {}, one, { collection, verb });
        if ('deny' in decision) continue;
        assert.ok(Object.hasOwn(contract.collections, collection));
        for (const audience of AUDIENCES) mayRead(decision.allow, audience, true);
      }
    }
    for (const body of [null, {}, JSON.parse('{"__proto__":{"a":1},"constructor":1}')]) checkBody(compiled.value, collection, body);
  }
}

function unspoiled(): void {
  assert.deepEqual(Object.keys(Object.prototype), []);
  assert.equal((globalThis as { commonholdRan?: unknown }).commonholdRan, undefined, 'text was taken for code');
}

test('contracts that somebody spoiled are refused with the place, or hold', () => {
  fc.assert(fc.property(spoiled(GOOD), (document) => {
    const parsed = parseContract(document);
    if (parsed.ok) checkAccepted(parsed.value);
    else checkRefusal(document, parsed);
    unspoiled();
  }), { numRuns: RUNS });
});

test('files of BYODA that somebody spoiled are refused with the place, or hold', () => {
  fc.assert(fc.property(spoiled(THEIRS), (document) => {
    const made = compileByoda(nobleSuite, document);
    if (made.ok) {
      checkAccepted(made.value.contract);
      for (const { at } of made.value.unhonoured) assert.ok(isPlace(document, at), at);
    } else checkRefusal(document, made);
    byodaSignatures(JSON.stringify(document));
    unspoiled();
  }), { numRuns: RUNS });
});

test('any JSON at all is refused, not thrown', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
    for (const result of [parseContract(value), parseContract(JSON.stringify(value)), compileByoda(nobleSuite, value)]) assert.ok(!result.ok);
  }), { numRuns: 300 });
});

for (const { name, document } of huge()) {
  test(`as great as may be: ${name}`, () => {
    const begun = process.cpuUsage();
    const text = JSON.stringify(document);
    const read = 'jsonschema' in document ? compileByoda(nobleSuite, text) : parseContract(text);
    if (read.ok) checkAccepted('contract' in read.value ? read.value.contract : read.value);
    else checkRefusal(document, read);
    byodaSignatures(text);
    const { user, system } = process.cpuUsage(begun);
    // Many times what it takes: only to catch what would grow with the product of parts. The bench has the figure.
    assert.ok(user + system < 5_000_000, `${user + system} µs`);
  });
}
