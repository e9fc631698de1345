import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const SKIP = new Set(['node_modules', 'dist', 'dist.new', 'dist.old']);
const TEST = /\.test\.(ts|tsx|mjs)$/;

function testsIn(root, folder) {
  const found = [];
  const walk = (path) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      if (SKIP.has(entry.name)) continue;
      const inside = `${path}/${entry.name}`;
      if (entry.isDirectory()) walk(inside);
      else if (TEST.test(entry.name)) found.push(inside);
    }
  };
  if (existsSync(join(root, folder))) walk(folder);
  return found.sort();
}

/** Folders of core of which every branch is taken by core's own tests. */
const WHOLE = ['packages/core/contract', 'packages/core/identity'];

// What starts houses and browsers, a file at a time; light files share a process that runs them one after the other.
const HEAVY = new Set(['e2e', 'oracle', 'scenarios']);
const LIGHT_AT_ONCE = 8;
// The longest first, so that no core is idle while the last of them runs; of the others the many small ones come last.
const LONGEST = ['tests/e2e/screens', 'tests/scenarios/kills.test.ts', 'packages/core', 'tests/oracle', 'tests/scenarios', 'tests/check', 'tests/perf', 'tests/e2e', 'packages/house'];

const rank = (job) => {
  const at = LONGEST.findIndex((start) => job.files[0].startsWith(start));
  return at === -1 ? LONGEST.length : at;
};

/**
 * The groups of tests: one per package, the services, the scripts, then one per folder of tests/.
 * @param {string} root
 * @returns {{name: string, files: string[], whole: string[]}[]}
 */
export function groupsOf(root) {
  const units = readdirSync(join(root, 'packages')).map((name) => ({ name, folder: `packages/${name}` }));
  units.push({ name: 'services', folder: 'services' });
  const whole = readdirSync(join(root, 'tests'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => ({ name, folder: `tests/${name}` }));
  const order = ['e2e', 'perf'];
  whole.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name) || a.name.localeCompare(b.name));
  return [...units, { name: 'scripts', folder: 'scripts' }, ...whole]
    .map(({ name, folder }) => ({ name, files: testsIn(root, folder), whole: name === 'core' ? WHOLE : [] })).filter(({ files }) => files.length > 0);
}

/**
 * The processes that run some groups, in the order in which they are started.
 * @param {ReturnType<typeof groupsOf>} groups
 * @returns {{group: string, files: string[], whole: string[]}[]}
 */
export function jobsOf(groups) {
  const jobs = groups.flatMap(({ name, files, whole }) => {
    // Coverage is counted over all files of a group.
    const most = whole.length > 0 ? files.length : HEAVY.has(name) ? 1 : LIGHT_AT_ONCE;
    return Array.from({ length: Math.ceil(files.length / most) }, (_, i) => ({ group: name, files: files.slice(i * most, (i + 1) * most), whole }));
  });
  return jobs.sort((a, b) => rank(a) - rank(b));
}
