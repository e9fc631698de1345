import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { LaunchFailure, sentence } from './failure.mjs';

/** Few and short tries: a machine without network should hear so within seconds. */
const PATIENCE = ['--fetch-retries=2', '--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=3000'];

/** npm's own script beside a Node, if it is there. */
const beside = (node) => [
  join(dirname(node), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  join(dirname(node), 'node_modules', 'npm', 'bin', 'npm-cli.js'),
].find(existsSync);

/** How to call npm: the one that called us, else the one beside this Node, else the one in the PATH. */
function npmCommand(env) {
  const script = /npm-cli\.[cm]?js$/.test(env.npm_execpath ?? '') && existsSync(env.npm_execpath) ? env.npm_execpath : beside(process.execPath);
  if (script) return { file: process.execPath, before: [script], shell: false };
  const name = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const found = (env.PATH ?? env.Path ?? '').split(delimiter).map((folder) => join(folder, name)).find(existsSync);
  if (!found) throw new LaunchFailure('Commonhold needs npm to bring its packages, and it is not on this machine. It comes with Node from https://nodejs.org (on Debian: apt install npm).');
  return { file: found, before: [], shell: process.platform === 'win32' };
}

/**
 * Runs npm quietly; a failure becomes a sentence.
 * @param {{what: string, cwd: string, args: string[], env?: NodeJS.ProcessEnv}} job
 * @returns {Promise<void>}
 */
export async function npm({ what, cwd, args, env = process.env }) {
  const { file, before, shell } = npmCommand(env);
  const child = spawn(file, [...before, ...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...PATIENCE], {
    cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true,
  });
  let output = '';
  const keep = (chunk) => { output = (output + chunk).slice(-20_000); };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise((resolve) => {
    child.on('error', (error) => { keep(`${error.code} ${error.message}`); resolve(1); });
    child.on('close', resolve);
  });
  if (code !== 0) throw new LaunchFailure(sentence(what, cwd, output));
}
