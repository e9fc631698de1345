import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { contractText, diffOf, readContract, typesOf, wordsOf } from '@commonhold/sdk/contract';
import { withKey, type Contract, type JsonObject } from '@commonhold/sdk/service';

const SEED = new Uint8Array(32);
const NAMES = readdirSync(import.meta.dirname).filter((name) => existsSync(join(import.meta.dirname, name, 'contract')));
const versions = (name: string): Contract[] => readdirSync(join(import.meta.dirname, name, 'contract')).sort()
  .map((file) => readContract(contractText(withKey(JSON.parse(readFileSync(join(import.meta.dirname, name, 'contract', file), 'utf8')) as JsonObject, SEED, []))));

describe('the reference services', () => {
  it('are two', () => assert.deepEqual(NAMES, ['address-book', 'potluck']));

  for (const name of NAMES) {
    it(`${name}: every version has a card in both languages, and the types are those of the last`, () => {
      const all = versions(name);
      all.forEach((contract, i) => {
        assert.equal(contract.version, i + 1);
        for (const language of ['en', 'de']) assert.ok(wordsOf(contract, language).length > 10);
      });
      assert.equal(readFileSync(join(import.meta.dirname, name, 'types.ts'), 'utf8'), typesOf(all.at(-1)!, { recordsOnly: true }));
    });
  }

  it('Potluck asks for more in version 2, and for less', () => {
    const [first, second] = versions('potluck');
    const { lines, wider } = diffOf(first!, second!, 'en');
    assert.ok(wider);
    assert.ok(lines.some((line) => line.startsWith('+ ') && line.includes('answer')), lines.join('\n'));
    assert.ok(lines.some((line) => line.startsWith('- ') && line.includes('diet')), lines.join('\n'));
  });
});
