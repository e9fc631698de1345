import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filing } from './failure.mjs';
import { npm } from './npm.mjs';
import { during } from './say.mjs';

const WHAT = 'Installing the packages';
const hashOf = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
const stampOf = (root) => join(root, 'node_modules', '.commonhold.json');
/** npm writes this file last, so a cut-off install has none. */
const npmMark = (root) => join(root, 'node_modules', '.package-lock.json');

function readStamp(root) {
  try { return JSON.parse(readFileSync(stampOf(root), 'utf8')); } catch { return null; }
}

/**
 * Are the packages there, as the lock file says? Packages that somebody installed with npm by hand count as well.
 * @param {string} root
 * @param {boolean} dev are the test tools needed too
 */
export function packagesFresh(root, dev) {
  const lock = join(root, 'package-lock.json');
  if (!existsSync(npmMark(root))) return false;
  if (dev && !existsSync(join(root, 'node_modules', 'typescript'))) return false;
  return statSync(npmMark(root)).mtimeMs >= statSync(lock).mtimeMs || readStamp(root)?.lock === hashOf(lock);
}

/**
 * `npm ci`, with the test tools only when asked for them.
 * @param {string} root
 * @param {{dev: boolean, env?: NodeJS.ProcessEnv}} how
 */
export async function installPackages(root, { dev, env = process.env }) {
  filing(WHAT, root, () => rmSync(stampOf(root), { force: true }));
  const line = `Installing the packages${dev ? ' and the test tools' : ''} (once) ...`;
  await during(line, () => npm({ what: WHAT, cwd: root, args: dev ? ['ci', '--include=dev'] : ['ci', '--omit=dev'], env }));
  filing(WHAT, root, () => writeFileSync(stampOf(root), JSON.stringify({ lock: hashOf(join(root, 'package-lock.json')), dev })));
}
