/* Cruises the sources against layers.config.mjs. A checker that sees nothing is green, so it must show what it saw. */
import { existsSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import config from './layers.config.mjs';

const LEAST_MODULES = 100;
const FOLDERS = ['packages', 'services', 'tests'].filter((folder) => existsSync(folder));

const { output } = await cruise(FOLDERS, { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true });
const { summary, modules } = output;
const own = modules.filter(({ source }) => /^(packages|services|tests)\/.*\.tsx?$/.test(source) && !source.includes('node_modules'));
const edges = own.reduce((sum, { dependencies }) => sum + dependencies.length, 0);

for (const { rule, from, to, cycle } of summary.violations) {
  const way = cycle ? ` (${cycle.map(({ name }) => name ?? '').join(' -> ')})` : '';
  console.log(`${rule.name}: ${from} -> ${to}${way}`);
}
if (own.length < LEAST_MODULES || edges < own.length) {
  console.log(`blind: only ${own.length} modules and ${edges} imports were seen`);
  process.exitCode = 1;
}
console.log(`${own.length} modules, ${edges} imports, ${summary.violations.length} breaches`);
if (summary.violations.length > 0) process.exitCode = 1;
