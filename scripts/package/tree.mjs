import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyCode } from './code.mjs';
import { manifestOf } from './manifest.mjs';

const CODE = ['packages/core', 'packages/sdk', 'packages/house/src'];
const LAUNCH = ['entry', 'failure', 'handover', 'lock', 'npm', 'platforms', 'runtime', 'say'].map((name) => `scripts/launch/${name}.mjs`);
const AS_IS = ['LICENSE', 'packages/core/LICENSE', 'packages/sdk/LICENSE', 'packages/house/package.json', 'packages/web/dist', 'spec/LICENSE', 'spec/contracts', 'spec/reader', ...LAUNCH];
const MOVED = { 'docs/guides/npx.md': 'README.md', 'scripts/packaged.mjs': 'scripts/commonhold.mjs' };

// What a build keeps beside the app, and what Python leaves.
const isKept = (path) => !/\.built\.json$|__pycache__|\.test\./.test(path);

/**
 * Makes the files of the package in a folder: the house as JavaScript, the built app, the command.
 * @param {string} root the clone, with its app built
 * @param {string} out a folder that is empty or not there
 */
export function makeTree(root, out) {
  for (const folder of CODE) copyCode(root, out, folder);
  for (const [from, to] of [...AS_IS.map((path) => [path, path]), ...Object.entries(MOVED)]) {
    mkdirSync(dirname(join(out, to)), { recursive: true });
    cpSync(join(root, from), join(out, to), { recursive: true, filter: isKept });
  }
  const { manifest, lock } = manifestOf(root);
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(out, 'npm-shrinkwrap.json'), `${JSON.stringify(lock, null, 2)}\n`);
}
