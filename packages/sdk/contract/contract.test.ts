import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { Refusal, type JsonObject } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { contractText, initContract, readContract, signatureOf, signed, typesOf, wordsOf } from './index.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const refused = (code: string, field?: string) => (error: unknown): boolean =>
  error instanceof Refusal && error.code === code && (field === undefined || error.field === field);
const edited = (text: string, change: (contract: JsonObject) => void): string => {
  const contract = JSON.parse(text) as JsonObject;
  change(contract);
  return contractText(contract);
};

describe('a contract is begun, said, signed', () => {
  it('begins as a draft that everything can read', () => {
    const { text } = initContract({ name: 'pot_luck' });
    const contract = readContract(text);
    assert.equal(contract.service.title, 'Pot luck');
    assert.equal(signatureOf(contract).state, 'draft');
    assert.ok(wordsOf(contract, 'en').some((line) => line.startsWith('! Anyone who joins Pot luck')));
  });

  it('begins with no name that is none', () => {
    for (const name of ['', 'Potluck', '1a', 'a-b', 'x'.repeat(64), '../up']) assert.throws(() => initContract({ name }), refused('bad_name'));
    assert.throws(() => initContract({ name: 'a', title: '\u202e' }), refused('bad_text', '/service/title'));
  });

  it('is signed with its own key alone, and again after a change', () => {
    const { text, seed } = initContract({ name: 'potluck' });
    const first = signed(readContract(text), seed, 1_000);
    assert.equal(signatureOf(first.contract).state, 'signed');
    const changed = readContract(edited(contractText(first.contract as unknown as JsonObject), (contract) => { contract['purpose'] = 'Another.'; }));
    assert.equal(signatureOf(changed).state, 'false');
    assert.equal(signatureOf(signed(changed, seed, 2_000).contract).state, 'signed');
    assert.throws(() => signed(readContract(text), nobleSuite.random(32), 1), refused('other_key'));
    const renamed = readContract(edited(text, (contract) => { (contract['service'] as JsonObject)['name'] = 'other'; }));
    assert.throws(() => signed(renamed, seed, 1), refused('bad_id', '/service/id'));
  });

  it('says where a contract is wrong', () => {
    const { text } = initContract({ name: 'potluck' });
    assert.throws(() => readContract('{'), refused('not_json'));
    assert.throws(() => readContract(edited(text, (contract) => { contract['extra'] = 1; })), refused('unknown_member', '/extra'));
    assert.throws(() => wordsOf(readContract(text), 'xx'), refused('unknown_locale'));
  });
});

describe('types of a contract', () => {
  it('are TypeScript, for every built-in contract and for odd names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'commonhold-types-'));
    try {
      const spec = join(ROOT, 'spec', 'contracts');
      const files = readdirSync(spec).filter((name) => name.endsWith('.json') && name !== 'hashes.json');
      for (const name of files) writeFileSync(join(folder, `${name}.ts`), typesOf(readContract(readFileSync(join(spec, name), 'utf8'))));
      writeFileSync(join(folder, 'odd.ts'), typesOf(readContract(odd())) + USE);
      const names = [...files.map((name) => `${name}.ts`), 'odd.ts'];
      execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '--noEmit', '--strict', '--skipLibCheck', '--types', '', '--target', 'es2022', ...names], { cwd: folder });
      assert.ok(names.length > 3);
    } finally { rmSync(folder, { recursive: true, force: true }); }
  });
});

/** Definitions whose names meet in TypeScript, and every shape that a schema may have. */
function odd(): string {
  return edited(initContract({ name: 'odd' }).text, (contract) => {
    const defs = (contract['data'] as JsonObject)['$defs'] as JsonObject;
    Object.assign(defs, {
      meal_date: { type: 'object', additionalProperties: false, properties: {} },
      meal__date: { type: ['string', 'null'], maxLength: 3 },
      record: { enum: ['a', 'b*/', null, 1] },
      odd_collections: { type: 'array', items: { type: 'object', additionalProperties: { $ref: '#/$defs/record' } } },
      mixed: { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'], additionalProperties: { type: 'string' } },
      note: { type: 'object', additionalProperties: false, required: ['text'], properties: { text: { const: 'x' }, list: { type: 'array', items: { enum: [1, 2] } }, deep: { type: 'object', additionalProperties: false, properties: { on: { type: 'boolean' } } } } },
    });
  });
}

const USE = `
const note: OddCollections_['notes'] = { text: 'x', list: [1, 2], deep: { on: true } };
const record: Record_ = 'b*/';
const date: MealDate_ = null;
// @ts-expect-error: only x will do
const wrong: Note = { text: 'y' };
export { note, record, date, wrong };
`;
