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

/**
 * The groups of tests: one per package, the scripts, then one per folder of tests/. Two files run at a time, each with houses
 * and browsers of its own; what measures, or installs, has the machine to itself.
 * @param {string} root
 * @returns {{name: string, files: string[], atOnce: number, whole: string[]}[]}
 */
export function groupsOf(root) {
  const units = readdirSync(join(root, 'packages')).map((name) => ({ name, folder: `packages/${name}`, atOnce: 2 }));
  const whole = readdirSync(join(root, 'tests'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, folder: `tests/${name}`, atOnce: name === 'perf' ? 1 : 2 }));
  const order = ['e2e', 'perf'];
  whole.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name) || a.name.localeCompare(b.name));
  return [...units, { name: 'scripts', folder: 'scripts', atOnce: 1 }, ...whole]
    .map(({ name, folder, atOnce }) => ({ name, files: testsIn(root, folder), atOnce, whole: name === 'core' ? WHOLE : [] })).filter(({ files }) => files.length > 0);
}
