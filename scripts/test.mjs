/* All tests, by groups that run side by side. `npm test -- core e2e` runs only those. With CI set, what could not run counts as failed. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { houseEntry } from './launch/house.mjs';
import { NO_CHROMIUM, findChromium } from './test/chromium.mjs';
import { groupsOf, jobsOf } from './test/groups.mjs';
import { MARK } from './test/reporter.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const strict = Boolean(process.env.CI) && process.env.CI !== 'false';
const PATIENCE = 15 * 60_000;
// One more than there are cores: a test waits now and then.
const AT_ONCE = Math.min(4, availableParallelism() + 1);

/** Runs some files of a group and answers their counts. */
async function run({ files, whole }, env) {
  const covered = whole.length === 0 ? [] : ['--experimental-test-coverage', '--test-coverage-exclude=**/*.test.ts', ...whole.map((folder) => `--test-coverage-include=${folder}/**`)];
  // Functions that come out of the cache are counted less exactly.
  const exact = covered.length === 0 ? {} : { NODE_DISABLE_COMPILE_CACHE: '1' };
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning', '--test', '--test-timeout=480000', '--test-concurrency=1', `--test-reporter=${join(root, 'scripts', 'test', 'reporter.mjs')}`,
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
env.COMMONHOLD_TEST_HOUSE = houseEntry(root);
if (groups.some(({ name }) => name === 'e2e')) {
  const chromium = await findChromium(root);
  if (chromium) env.COMMONHOLD_CHROMIUM = chromium;
  else console.log(NO_CHROMIUM);
}

// Real houses and browsers on a crowded machine: what fails there has one more try with the machine to itself, and it is told.
const MAY_TRY_AGAIN = new Set(['e2e', 'scenarios']);
const MOST_AGAIN = 3;
const again = [];

async function runOne(job) {
  const begun = performance.now();
  const counts = await run(job, env);
  if (counts.failed > 0 && MAY_TRY_AGAIN.has(job.group)) again.push({ job, counts });
  take(job, counts, performance.now() - begun);
}

/** Runs what failed beside others once more, alone; where many failed it was not the crowd. */
async function tryAgain() {
  if (again.length > MOST_AGAIN) return;
  for (const { job, counts } of again) {
    const second = await run(job, env);
    console.log(`again ${job.files[0]}: ${second.failed === 0 ? 'passed alone, after it failed beside others: it leans on time somewhere' : 'failed alone, too'}`);
    if (second.failed > 0) continue;
    total.passed += second.passed - counts.passed;
    total.failed -= counts.failed;
  }
}

/** Runs all jobs, so many at a time, in their order. */
async function runAll(jobs) {
  const running = new Set();
  let stopped = false;
  const stop = () => { stopped = true; };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  for (const job of jobs) {
    while (running.size >= AT_ONCE) await Promise.race(running);
    if (stopped) break;
    const one = runOne(job).finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
}

const total = { passed: 0, failed: 0 };
const missing = [];
const jobs = jobsOf(groups);
const state = new Map(groups.map(({ name }) => [name, { left: jobs.filter(({ group }) => group === name).length, passed: 0, failed: 0, notRun: 0, took: 0, says: '' }]));

/** Takes the counts of a job into those of its group, and tells of the group when it was the last. */
function take({ group }, { passed, failed, notRun, says }, took) {
  const now = state.get(group);
  Object.assign(now, { left: now.left - 1, passed: now.passed + passed, failed: now.failed + failed, notRun: now.notRun + notRun.length, took: now.took + took, says: now.says + says });
  total.passed += passed;
  total.failed += failed;
  missing.push(...notRun.map((test) => ({ group, ...test })));
  if (now.left > 0) return;
  const rest = now.notRun > 0 ? `, ${now.notRun} not run` : '';
  console.log(`${now.failed === 0 ? 'ok  ' : 'FAIL'}  ${group.padEnd(10)} ${now.passed} passed, ${now.failed} failed${rest}  (${(now.took / 1000).toFixed(1)} s)`);
  if (now.says) console.log(now.says);
}

await runAll(jobs);
await tryAgain();
for (const { group, name, why } of missing) console.log(`not run on this machine: ${group}: ${name}: ${why}`);
if (strict) total.failed += missing.length;
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
