import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { folder, run, write } from './fixture.mjs';
import { houseEntry, houseFresh, linkHouse } from './house.mjs';

const NOBODY = 65534;
const MAIN = 'packages/house/src/cli/main.ts';
const BESIDE = 'packages/house/src/cli/beside.ts';
const sources = (t) => {
  const root = folder(t);
  write(root, {
    'package.json': '{"type":"module"}', 'package-lock.json': '{}', [BESIDE]: "import { join } from 'node:path';\nexport const place = join(import.meta.dirname, '.');\n",
    [MAIN]: "import { readFileSync } from 'node:fs';\nimport { place } from './beside.ts';\nconst said: string = readFileSync(new URL('said.txt', import.meta.url), 'utf8');\nconsole.log(said + place);\n",
    'packages/house/src/cli/said.txt': 'one ',
  });
  mkdirSync(join(root, '.runtime'));
  return root;
};
const says = async (root) => (await run(process.execPath, ['--disable-warning=ExperimentalWarning', houseEntry(root)])).output.trim();
const linkedIn = (root) => houseEntry(root).startsWith(join(root, '.runtime'));

describe('the house in few files', () => {
  it('runs as the sources do, and reads what lies beside them, wherever the clone is moved', async (t) => {
    const root = sources(t);
    assert.equal(houseFresh(root), false);
    const plain = await says(root);
    await linkHouse(root, process.execPath);
    assert.equal(houseFresh(root), true);
    assert.ok(linkedIn(root));
    assert.equal(await says(root), plain);
    const moved = join(folder(t), 'moved');
    renameSync(root, moved);
    mkdirSync(root);
    assert.ok(linkedIn(moved));
    assert.equal(await says(moved), plain.replace(root, moved));
  });

  it('is not used when a source has changed; a house that runs keeps its own', async (t) => {
    const root = sources(t);
    await linkHouse(root, process.execPath);
    const first = houseEntry(root);
    write(root, { [BESIDE]: "export const place = 'elsewhere';\n" });
    assert.equal(houseFresh(root), false);
    assert.equal(houseEntry(root), join(root, MAIN));
    await linkHouse(root, process.execPath);
    assert.equal(await says(root), 'one elsewhere');
    assert.ok(readFileSync(first, 'utf8').length > 0);
    for (let n = 0; n < 4; n++) { write(root, { [BESIDE]: `export const place = '${n}';\n` }); await linkHouse(root, process.execPath); }
    assert.equal(readdirSync(join(root, '.runtime/house')).filter((name) => !name.endsWith('.json')).length, 3);
    assert.equal(await says(root), 'one 3');
  });

  it('gives way to the sources where it cannot be made, or is gone', async (t) => {
    const root = sources(t);
    write(root, { [BESIDE]: 'export const place = ;\n' });
    await linkHouse(root, process.execPath);
    assert.equal(houseEntry(root), join(root, MAIN));
    write(root, { [BESIDE]: "export const place = 'here';\n" });
    await linkHouse(root, process.execPath);
    rmSync(houseEntry(root));
    assert.equal(houseFresh(root), false);
    assert.equal(await says(root), 'one here');
  });

  it('asks for nothing in a folder that may not be written', async (t) => {
    const root = sources(t);
    for (const path of [root, join(root, '.runtime')]) chmodSync(path, 0o555);
    const ask = `const { houseFresh, houseEntry } = await import(${JSON.stringify(import.meta.resolve('./house.mjs'))}); console.log(houseFresh(${JSON.stringify(root)}), houseEntry(${JSON.stringify(root)}))`;
    const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    assert.equal((await run(process.execPath, ['--input-type=module', '-e', ask], user)).output, `true ${join(root, MAIN)}\n`);
  });
});
