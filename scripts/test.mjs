/* All tests, group by group. `npm test -- core e2e` runs only those. With CI set, what could not run counts as failed. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NO_CHROMIUM, findChromium } from './test/chromium.mjs';
import { groupsOf } from './test/groups.mjs';
import { MARK } from './test/reporter.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const strict = Boolean(process.env.CI) && process.env.CI !== 'false';
const PATIENCE = 15 * 60_000;

/** Runs a group's files and answers its counts. */
async function run({ files, atOnce, whole }, env) {
  const covered = whole.length === 0 ? [] : ['--experimental-test-coverage', '--test-coverage-exclude=**/*.test.ts', ...whole.map((folder) => `--test-coverage-include=${folder}/**`)];
  // Functions that come out of the cache are counted less exactly.
  const exact = covered.length === 0 ? {} : { NODE_DISABLE_COMPILE_CACHE: '1' };
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning', '--test', '--test-timeout=480000', `--test-concurrency=${atOnce}`, `--test-reporter=${join(root, 'scripts', 'test', 'reporter.mjs')}`,
    '--test-reporter-destination=stdout', ...covered, ...files,
  ], { cwd: root, env: { ...env, ...exact }, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => { output += chunk; });
  const stop = () => child.kill('SIGTERM');
  const timer = setTimeout(stop, PATIENCE);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
  return read(output, code);
}

function read(output, code) {
  const at = output.lastIndexOf(MARK);
  if (at === -1) return { passed: 0, failed: 1, notRun: [], says: `${output}  The group did not end by itself.\n` };
  const counts = JSON.parse(output.slice(at + MARK.length));
  const silent = code !== 0 && counts.failed === 0;
  return { ...counts, failed: counts.failed + (silent ? 1 : 0), says: output.slice(0, at) + (silent ? `  The group ended with ${code} though no test failed.\n` : '') };
}

const chosen = process.argv.slice(2);
const groups = groupsOf(root).filter(({ name }) => chosen.length === 0 || chosen.includes(name));
if (groups.length === 0) {
  console.error(`Groups: ${groupsOf(root).map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

// Hundreds of processes load the same sources; without this each of them strips their types anew, a third of the whole time.
const env = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'), ...process.env };
delete env.NODE_TEST_CONTEXT;
if (groups.some(({ name }) => name === 'e2e')) {
  const chromium = await findChromium(root);
  if (chromium) env.COMMONHOLD_CHROMIUM = chromium;
  else console.log(NO_CHROMIUM);
}

const total = { passed: 0, failed: 0 };
const missing = [];
for (const group of groups) {
  const begun = performance.now();
  const { passed, failed, notRun, says } = await run(group, env);
  total.passed += passed;
  total.failed += failed;
  missing.push(...notRun.map((test) => ({ group: group.name, ...test })));
  const rest = notRun.length > 0 ? `, ${notRun.length} not run` : '';
  console.log(`${failed === 0 ? 'ok  ' : 'FAIL'}  ${group.name.padEnd(10)} ${passed} passed, ${failed} failed${rest}  (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  if (says) console.log(says);
}
for (const { group, name, why } of missing) console.log(`not run on this machine: ${group}: ${name}: ${why}`);
if (strict) total.failed += missing.length;
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
