/* Everything that `npm run check` asks, a step each, two at a time; exit 1 on any breach. `--only NAME` runs one step. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const AT_ONCE = 2;

/** The script behind a tool's command, so that it runs on this very Node. */
function tool(name, command = name) {
  const { bin } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
  return join(root, 'node_modules', name, typeof bin === 'string' ? bin : bin[command]);
}

const STEPS = {
  types: () => [tool('typescript', 'tsc'), '-p', '.'],
  'types-web': () => [tool('typescript', 'tsc'), '-p', 'packages/web', '--noEmit'],
  lint: () => [tool('oxlint'), '--deny-warnings', '-f', 'unix', 'packages', 'services', 'tests', 'scripts'],
  layers: () => [join(root, 'scripts', 'check', 'layers.mjs')],
  unused: () => [tool('knip'), '--no-progress'],
  texts: () => [join(root, 'scripts', 'check', 'texts.mjs')],
};

/** Runs one step and answers what it said. */
function run(name) {
  const begun = performance.now();
  const child = spawn(process.execPath, STEPS[name](), { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { output += chunk; });
  return new Promise((resolve) => child.on('close', (code) => resolve({ name, code, output, seconds: (performance.now() - begun) / 1000 })));
}

function print({ name, code, output, seconds }) {
  const lines = output.trim().split('\n');
  const last = code === 0 && (name === 'layers' || name === 'texts') ? ` (${lines.at(-1)})` : '';
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'}  ${name.padEnd(10)} ${seconds.toFixed(1)} s${last}`);
  if (code !== 0) console.log(lines.map((line) => `      ${line}`).join('\n'));
}

const only = process.argv.indexOf('--only');
const names = only === -1 ? Object.keys(STEPS) : process.argv.slice(only + 1);
if (names.some((name) => !Object.hasOwn(STEPS, name))) {
  console.error(`Steps: ${Object.keys(STEPS).join(', ')}`);
  process.exit(2);
}
const waiting = [...names];
const results = [];
const worker = async () => {
  for (let name = waiting.shift(); name; name = waiting.shift()) {
    const result = await run(name);
    print(result);
    results.push(result);
  }
};
await Promise.all(Array.from({ length: AT_ONCE }, worker));
const failed = results.filter(({ code }) => code !== 0);
console.log(failed.length === 0 ? `check: all ${results.length} steps are green` : `check: ${failed.map(({ name }) => name).join(', ')} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
