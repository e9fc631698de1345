import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { programFor } from './program.ts';

/** Runs one command of the house's command line to its end, `input` being typed into it. Rejects when it fails. */
export function runCli(args: string[], { data, input, env, main = programFor(env) }: { data: string; input?: string; env?: Record<string, string>; main?: string }): Promise<{ stdout: string; stderr: string }> {
  const run = promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], { env: { ...process.env, COMMONHOLD_DATA: data, ...env }, maxBuffer: 64 * 1024 * 1024 });
  if (input !== undefined) run.child.stdin?.end(input);
  return run;
}

/** What a command said that failed, with its exit code; an assertion when it did not. */
export async function failedCli(...given: Parameters<typeof runCli>): Promise<{ code: number; said: string }> {
  try { await runCli(...given); } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
  throw new TypeError(`${given[0].join(' ')} did not fail`);
}
