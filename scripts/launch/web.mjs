import { spawn } from 'node:child_process';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchFailure, filing, sentence } from './failure.mjs';
import { during } from './say.mjs';
import { isFresh, stampOf } from './stamp.mjs';

const WHAT = 'Building the app';
const SOURCES = ['packages/web', 'packages/core', 'packages/sdk', 'spec/contracts'];
const STAMP = '.built.json';

/**
 * Is the built app the one that these sources make?
 * @param {string} root
 */
export const webFresh = (root) => isFresh(root, SOURCES, join(root, 'packages', 'web', 'dist', STAMP));

async function vite(root, node) {
  const bin = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(node, [bin, 'build', '--outDir', 'dist.new', '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: join(root, 'packages', 'web'), stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_ENV: 'production' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { output += chunk; });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new LaunchFailure(sentence(WHAT, join(root, 'packages', 'web'), output));
}

/**
 * Builds the app beside the old one and swaps them, so that a running house never serves half of it.
 * @param {string} root
 * @param {string} node the Node 24 to build with
 */
export async function buildWeb(root, node) {
  const stamp = stampOf(root, SOURCES);
  await during('Building the app ...', () => vite(root, node));
  const [fresh, current, old] = ['dist.new', 'dist', 'dist.old'].map((name) => join(root, 'packages', 'web', name));
  filing(WHAT, join(root, 'packages', 'web'), () => {
    writeFileSync(join(fresh, STAMP), JSON.stringify(stamp));
    rmSync(old, { recursive: true, force: true });
    if (existsSync(current)) renameSync(current, old);
    renameSync(fresh, current);
    rmSync(old, { recursive: true, force: true });
  });
}
