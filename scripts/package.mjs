/* `npm run package`: the house as one npm package. It needs no TypeScript, no build and no install script where it is put. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LaunchFailure } from './launch/failure.mjs';
import { npm } from './launch/npm.mjs';
import { makeTree } from './package/tree.mjs';

const HELP = `npm run package -- [--to FOLDER] [--tree FOLDER]

Makes the house into a package that runs anywhere by "npx commonhold".
  --to FOLDER     where the tarball goes (here)
  --tree FOLDER   its files instead of a tarball, with the packages they need: what a container holds
`;
const WHAT = 'Making the package';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

async function tarball(to) {
  const folder = mkdtempSync(join(tmpdir(), 'commonhold-package-'));
  try {
    makeTree(root, folder);
    mkdirSync(to, { recursive: true });
    await npm({ what: WHAT, cwd: folder, args: ['pack', '--pack-destination', to] });
    return join(to, readdirSync(to).find((name) => /^commonhold-.*\.tgz$/.test(name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tree(to) {
  makeTree(root, to);
  await npm({ what: WHAT, cwd: to, args: ['ci', '--omit=dev'] });
  return to;
}

try {
  const { values } = parseArgs({ options: { to: { type: 'string' }, tree: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) process.stdout.write(HELP);
  else process.stdout.write(`${values.tree === undefined ? await tarball(resolve(values.to ?? '.')) : await tree(resolve(values.tree))}\n`);
} catch (error) {
  if (!(error instanceof LaunchFailure) && error.code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
