/* Rules that are about text: sizes of what the linter does not read, and words that must not stand in sources. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const MOST_LINES = 400;
const SKIP = new Set(['node_modules', 'dist', 'dist.new', 'dist.old', '.git', '.runtime', 'data']);
const FOLDERS = ['packages', 'services', 'tests', 'scripts', 'spec'];

const files = [];
const walk = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (SKIP.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path);
    else files.push(path);
  }
};
for (const folder of FOLDERS) walk(folder);

const isTest = (path) => path.includes('.test.') || path.startsWith('tests');
const isSource = (path) => /\.(ts|tsx)$/.test(path) && /^(packages|services)/.test(path) && !isTest(path);

/** [name, which files, what is wrong there, or nothing] */
const RULES = [
  ['file-too-long', (path) => /\.(css|mjs|py)$/.test(path), (text) => {
    const lines = text.split('\n').length - 1;
    return lines > MOST_LINES ? `${lines} lines, at most ${MOST_LINES}` : '';
  }],
  ['no-plain-error', isSource, (text) => /\bthrow new Error\(/.test(text) && 'throws a plain Error: use Refusal'],
  ['no-process-env', (path) => isSource(path) && !path.includes(join('src', 'config')) && !path.endsWith('vite.config.ts'), (text) => /process\s*\.\s*env\b|process\[['"]env/.test(text) && 'reads process.env outside config'],
  ['no-lint-excuses', (path) => isSource(path), (text) => /(oxlint|eslint)-disable(?!-next-line [a-z/-]+ -- \w)|@ts-(ignore|nocheck|expect-error)/.test(text) && 'switches a check off without a reason on its line'],
  ['no-left-overs', (path) => isSource(path), (text) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text) && 'holds a left-over note'],
  ['no-inline-script', (path) => path.endsWith('.html'), (text) => /<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+=/i.test(text) && 'has script in the page: the policy forbids it'],
];

let breaches = 0;
for (const path of files) {
  const rules = RULES.filter(([, applies]) => applies(path));
  if (rules.length === 0) continue;
  const text = readFileSync(path, 'utf8');
  for (const [name, , wrong] of rules) {
    const says = wrong(text);
    if (!says) continue;
    breaches++;
    console.log(`${name}: ${path} ${says}`);
  }
}
console.log(`${files.length} files, ${breaches} breaches`);
if (breaches > 0) process.exitCode = 1;
