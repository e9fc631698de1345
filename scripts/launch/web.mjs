import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchFailure, filing, sentence } from './failure.mjs';
import { during } from './say.mjs';

const WHAT = 'Building the app';
const SOURCES = ['packages/web', 'packages/core', 'packages/sdk', 'spec/contracts'];
const SKIP = new Set(['node_modules', 'dist', 'dist.new', 'dist.old']);
const stampOf = (root) => join(root, 'packages', 'web', 'dist', '.built.json');

/** The files that the app is built of, sorted, without tests. */
function sources(root) {
  const files = [];
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (SKIP.has(entry.name) || entry.name.includes('.test.')) continue;
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else files.push(path);
    }
  };
  for (const folder of SOURCES) if (existsSync(join(root, folder))) walk(folder);
  return files.sort();
}

/** Names, sizes and times: cheap, asked at every start. */
function glance(root, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Names and contents: asked when the glance differs, as after a copy or a checkout that changed only times. */
function contents(root, files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file))).update('\0');
  return hash.digest('hex');
}

function readStamp(root) {
  try { return JSON.parse(readFileSync(stampOf(root), 'utf8')); } catch { return null; }
}

function writeStamp(root, stamp) {
  // Only a saving of time: a read-only folder must still start.
  try { writeFileSync(stampOf(root), JSON.stringify(stamp)); } catch { /* asked again at the next start */ }
}

/**
 * Is the built app the one that these sources make?
 * @param {string} root
 */
export function webFresh(root) {
  const stamp = readStamp(root);
  if (!stamp) return false;
  const files = sources(root);
  const seen = glance(root, files);
  if (stamp.glance === seen) return true;
  if (stamp.contents !== contents(root, files)) return false;
  writeStamp(root, { ...stamp, glance: seen });
  return true;
}

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
  const files = sources(root);
  const stamp = { glance: glance(root, files), contents: contents(root, files) };
  await during('Building the app ...', () => vite(root, node));
  const [fresh, current, old] = ['dist.new', 'dist', 'dist.old'].map((name) => join(root, 'packages', 'web', name));
  filing(WHAT, join(root, 'packages', 'web'), () => {
    writeFileSync(join(fresh, '.built.json'), JSON.stringify(stamp));
    rmSync(old, { recursive: true, force: true });
    if (existsSync(current)) renameSync(current, old);
    renameSync(fresh, current);
    rmSync(old, { recursive: true, force: true });
  });
}
