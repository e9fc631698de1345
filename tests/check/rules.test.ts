import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { BREACHES, HELPERS, type Breach } from './planted.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const STEPS = [...new Set(BREACHES.map(({ step }) => step))];
const SKIP = new Set(['node_modules', 'dist', 'dist.new', 'dist.old']);
const said = new Map<Breach['step'], { code: number; output: string }>();
let copy = '';

function copySources(): void {
  for (const name of ['packages', 'services', 'tests', 'scripts', 'spec', 'package.json', 'tsconfig.json', 'knip.json', '.oxlintrc.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true, filter: (from) => !SKIP.has(basename(from)) });
  }
  // The workspace packages must lead into the copy, everything else to what is installed.
  mkdirSync(join(copy, 'node_modules', '@commonhold'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@commonhold') symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name));
  }
  for (const name of readdirSync(join(copy, 'packages'))) symlinkSync(join(copy, 'packages', name), join(copy, 'node_modules', '@commonhold', name));
}

const check = (step: string): Promise<{ code: number; output: string }> => new Promise((resolve) => {
  execFile(process.execPath, [join(copy, 'scripts', 'check.mjs'), '--only', step], { cwd: copy, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
    resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
  });
});

describe('the rules bite: one breach of each, planted in a copy', () => {
  before(async () => {
    copy = realpathSync(mkdtempSync(join(tmpdir(), 'commonhold-check-')));
    copySources();
    for (const [file, text] of [...Object.entries(HELPERS), ...BREACHES.map(({ file, text }) => [file, text] as const)]) writeFileSync(join(copy, file), text);
    for (const step of STEPS) said.set(step, await check(step));
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  for (const step of STEPS) it(`${step} is red`, () => assert.equal(said.get(step)!.code, 1, said.get(step)!.output));

  for (const { step, rule, file } of BREACHES) {
    it(`${step} names ${rule}`, () => {
      const { output } = said.get(step)!;
      const found = step === 'unused' ? output.includes(rule) && output.includes(file) : output.split('\n').some((line) => line.includes(file) && line.includes(rule));
      assert.ok(found, `no line of "${step}" names ${rule} for ${file}:\n${output}`);
    });
  }

  it('layers saw the sources, not nothing', () => {
    const seen = /(\d+) modules, (\d+) imports/.exec(said.get('layers')!.output);
    assert.ok(Number(seen?.[1]) > 100 && Number(seen?.[2]) > Number(seen?.[1]), said.get('layers')!.output);
  });
});

describe('a checker that sees nothing is red', () => {
  it('says so when no module is read', async () => {
    const empty = realpathSync(mkdtempSync(join(tmpdir(), 'commonhold-blind-')));
    mkdirSync(join(empty, 'packages'));
    const answer = await new Promise<{ code: unknown; stdout: string }>((resolve) => {
      execFile(process.execPath, [join(root, 'scripts', 'check', 'layers.mjs')], { cwd: empty }, (error, stdout) => resolve({ code: error?.code, stdout }));
    });
    rmSync(empty, { recursive: true, force: true });
    assert.equal(answer.code, 1);
    assert.match(answer.stdout, /^blind: only 0 modules/m);
  });
});
