import { parseArgs } from 'node:util';
import { Refusal } from '@commonhold/core';
import type { Command, ExitCode, Given } from './command.ts';
import { storageRefusal } from '../sqlite/storage-refusal.ts';
import { UsageError } from './usage-error.ts';

/** Each command is loaded only when asked for: `--help` should not open a house. */
const COMMANDS: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  init: () => import('./init.ts'),
  start: () => import('./start.ts'),
  demo: () => import('./demo.ts'),
  invite: () => import('./invite.ts'),
  hide: () => import('./hide.ts'),
  suspend: () => import('./suspend.ts'),
  expel: () => import('./expel.ts'),
  role: () => import('./role.ts'),
  reports: () => import('./reports.ts'),
  reindex: () => import('./reindex.ts'),
  backup: () => import('./backup.ts'),
  restore: () => import('./restore.ts'),
  doctor: () => import('./doctor.ts'),
  export: () => import('./export.ts'),
  import: () => import('./import.ts'),
  verify: () => import('./verify.ts'),
  bench: () => import('./bench.ts'),
};

const HELP = new Set(['--help', '-h', 'help', undefined]);

/** Runs one command line and answers its exit code: 0 done, 1 failed with a sentence, 2 asked wrongly. */
export async function run([name, ...rest]: readonly string[]): Promise<ExitCode> {
  if (HELP.has(name)) { process.stdout.write(await overview()); return name === undefined ? 2 : 0; }
  const load = Object.hasOwn(COMMANDS, name!) ? COMMANDS[name!] : undefined;
  if (!load) { process.stderr.write(`There is no command "${name}".\n\n${await overview()}`); return 2; }
  const { command } = await load();
  if (rest.includes('--help') || rest.includes('-h')) { process.stdout.write(helpOf(name!, command)); return 0; }
  try {
    return await command.run(given(command, rest));
  } catch (error) {
    return failed(name!, command, error);
  }
}

function given(command: Command, args: readonly string[]): Given {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: command.options, allowPositionals: true });
    if (positionals.length > (command.words ?? 0)) throw new UsageError(`"${positionals.at(-1)}" is one word too many.`);
    return { values: values as Given['values'], words: positionals };
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error)) throw error;
    throw new UsageError(error.message.split('. ')[0]!.replace(/\.?$/, '.'));
  }
}

function failed(name: string, command: Command, error: unknown): ExitCode {
  const told = storageRefusal(error);
  if (!(told instanceof Refusal)) throw error;
  process.stderr.write(`${told.message}\n`);
  if (!(error instanceof UsageError)) return 1;
  process.stderr.write(`\n${helpOf(name, command)}`);
  return 2;
}

const helpOf = (name: string, { summary, usage, help }: Command): string =>
  [`commonhold ${name} ${usage}`, '', `  ${summary}`, '', ...help.map((line) => `  ${line}`), ''].join('\n');

async function overview(): Promise<string> {
  const lines = await Promise.all(Object.entries(COMMANDS).map(async ([name, load]) => `  ${name.padEnd(9)}${(await load()).command.summary}`));
  return ['commonhold COMMAND [options]', '', ...lines, '', 'commonhold COMMAND --help says more.', ''].join('\n');
}
