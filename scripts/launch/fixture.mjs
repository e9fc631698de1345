/* A small clone, a package registry of one's own and a patient way to run things: for the tests beside this file. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A folder that goes when the test ends. */
export function folder(t) {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'commonhold-launch-')));
  t.after(() => { chmodSync(path, 0o755); rmSync(path, { recursive: true, force: true }); });
  return path;
}

/** As much of a clone as the launcher looks at before anything is installed. */
export function clone(t) {
  const path = folder(t);
  cpSync(join(ROOT, 'scripts'), join(path, 'scripts'), { recursive: true });
  for (const file of ['package.json', 'package-lock.json', ...['core', 'house', 'sdk', 'web'].map((name) => `packages/${name}/package.json`)]) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    copyFileSync(join(ROOT, file), join(path, file));
  }
  return path;
}

/** Writes files under a folder. */
export function write(root, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

/** The environment for npm with a registry and an empty cache. */
export const registryEnv = (t, url) => ({ ...process.env, npm_config_registry: url, npm_config_cache: folder(t), npm_config_fetch_retries: '0' });

/** A registry that answers every request with the same bytes, or by a function; resolves with its address. */
export async function registry(t, answer) {
  const server = createServer(typeof answer === 'function' ? answer : (request, response) => response.end(answer));
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  t.after(() => { server.close(); server.closeAllConnections(); });
  return `http://127.0.0.1:${server.address().port}/`;
}

/** Runs a program to its end. */
export function run(file, args, options = {}) {
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { output += chunk; });
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, output })));
}

/** A package that could carry a Node: its tarball, and what a pin of it says. */
export async function tinyRuntime(t) {
  const path = folder(t);
  write(path, { 'package/package.json': '{"name":"node-tiny","version":"24.0.1","bin":{"node":"bin/node"}}', 'package/bin/node': '#!/bin/sh\necho tiny\n', 'package/include/big.h': '/* never compiled */' });
  await run('tar', ['czf', join(path, 'tiny.tgz'), '-C', path, 'package']);
  const tarball = readFileSync(join(path, 'tiny.tgz'));
  return { tarball, pinned: { name: 'node-tiny', version: '24.0.1', integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}` } };
}
