import { execFile } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { row, unmeasured, type BenchRow, type Setting, type Topic } from './row.ts';

/** A house without its test tools and without Node itself, the app built: what somebody who only wants to run one has on disk. */
export const INSTALLED: Topic = { name: 'installed size', unit: 'MB', budget: { of: 'value', limit: 80 } };

const SHIPPED = ['package.json', 'package-lock.json', '.npmrc', 'README.md', 'packages', 'scripts', 'spec'];
const PATIENCE = 90_000;

/** Installs into a copy by the lock file and adds up every file. */
export async function measureInstalled({ root, temp }: Setting): Promise<BenchRow> {
  const copy = join(temp, 'installed');
  mkdirSync(copy);
  for (const name of SHIPPED) cpSync(join(root, name), join(copy, name), { recursive: true, filter: (path) => ships(relative(root, path)) });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  try {
    await promisify(execFile)(npm, ['ci', '--omit=dev', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], {
      cwd: copy, timeout: PATIENCE, shell: process.platform === 'win32', env: { ...process.env, NODE_ENV: 'production' },
    });
  } catch (error) {
    return unmeasured(INSTALLED, `npm ci failed, perhaps for want of a network; ${String((error as { stderr?: string }).stderr ?? error).trim().split('\n').at(-1)}`);
  }
  return row(INSTALLED, { value: sizeOf(copy) / 1e6, baseline: 0 });
}

const ships = (path: string): boolean =>
  !path.split(sep).some((part) => part === 'node_modules' || part === 'vectors' || part === 'dist.new' || part === 'dist.old' || part.includes('.test.'));

function sizeOf(path: string): number {
  const found = lstatSync(path);
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
