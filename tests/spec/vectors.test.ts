import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { vectorFiles, vectorZip } from '../../spec/vectors/make/files.ts';

for (const [name, text] of vectorFiles()) {
  it(`spec/vectors/${name} is what spec/vectors/make/main.ts writes`, () => {
    assert.equal(readFileSync(new URL(`../../spec/vectors/${name}`, import.meta.url), 'utf8'), text);
  });
}

it('spec/vectors/export.zip is what spec/vectors/make/main.ts writes', () => {
  assert.ok(readFileSync(new URL('../../spec/vectors/export.zip', import.meta.url)).equals(vectorZip()));
});
