import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const BENCH = join(import.meta.dirname, 'bench.ts');

/** Runs the bench; what it answers, whether budgets are met or not. */
function bench(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--disable-warning=ExperimentalWarning', BENCH, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

test('prints rows of one shape and ends with 1 just when one of them is not ok', async () => {
  const { code, stdout, stderr } = await bench('--quick', '--json', '--only', 'firewalled read of,timeline,create,decide,first load');
  assert.notEqual(stdout, '', stderr);
  const rows = JSON.parse(stdout) as Record<string, unknown>[];
  assert.deepEqual(rows.map(({ name }) => name), [
    'firewalled read of one record', 'house timeline of 50', 'home timeline of 50, following 300', 'durable create over 100 pods, CPU',
    'durable create over 100 pods, rate', 'decide()', 'first load, JS', 'first load, CSS',
  ], stderr);
  for (const row of rows) {
    assert.deepEqual(Object.keys(row), ['name', 'value', 'unit', 'baseline', 'ratio', 'budget', 'ok']);
    assert.equal(typeof row['unit'], 'string');
    assert.equal(typeof row['ok'], 'boolean');
    for (const figure of [row['value'], row['baseline'], row['ratio'], row['budget']]) assert.ok(figure === null || Number.isFinite(figure));
  }
  for (const row of rows.slice(0, 5)) assert.ok(Number(row['value']) > 0 && Number(row['baseline']) > 0 && Number(row['ratio']) > 0);
  assert.equal(code, rows.every(({ ok }) => ok === true) ? 0 : 1);
});

test('refuses rows that there are not, and explains itself', async () => {
  const wrong = await bench('--only', 'nonsense');
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /No row is called "nonsense"/);
  const help = await bench('--help');
  assert.equal(help.code, 0);
  assert.match(help.stdout, /--quick/);
});
