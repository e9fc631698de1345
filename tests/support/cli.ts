import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const MAIN = resolve(import.meta.dirname, '../../packages/house/src/cli/main.ts');

/** Runs one command of the house's command line to its end. Rejects when it fails. */
export const runCli = (args: string[], { data }: { data: string }): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    env: { ...process.env, COMMONHOLD_DATA: data }, maxBuffer: 64 * 1024 * 1024,
  });
