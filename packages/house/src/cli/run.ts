import { parseArgs } from 'node:util';
import { Refusal } from '@commonhold/core';
import type { Command, Commands, ExitCode, Given } from './command.ts';
import { storageRefusal } from '../sqlite/storage-refusal.ts';
import { UsageError } from './usage-error.ts';

/** Each command is loaded only when asked for: `--help` should not open a house. */
const COMMANDS: Commands = {
  init: () => import('./init.ts'),
  start: () => import('./start.ts'),
  demo: () => import('./demo.ts'),
  invite: () => import('./invite.ts'),
  hide: () => import('./hide.ts'),
  suspend: () => import('./suspend.ts'),
  expel: () => import('./expel.ts'),
  role: () => import('./role.ts'),
  'reset-access': () => import('./reset-access.ts'),
  reports: () => import('./reports.ts'),
  reindex: () => import('./reindex.ts'),
  backup: () => import('./backup.ts'),
  restore: () => import('./restore.ts'),
  doctor: () => import('./doctor.ts'),
  export: () => import('./export.ts'),
  import: () => import('./import.ts'),
  verify: () => import('./verify.ts'),
  contract: () => import('./contract/index.ts'),
  bench: () => import('./bench.ts'),
};

const HELP = new Set(['--help', '-h', 'help', undefined]);

/** Runs one command line and answers its exit code: 0 done, 1 failed with a sentence, 2 asked wrongly. */
export const run = (line: readonly string[]): Promise<ExitCode> => runOf(COMMANDS, 'commonhold', line);

async function runOf(commands: Commands, before: string, [name, ...rest]: readonly string[]): Promise<ExitCode> {
  if (HELP.has(name)) { process.stdout.write(await overview(commands, before)); return name === undefined ? 2 : 0; }
  const load = Object.hasOwn(commands, name!) ? commands[name!] : undefined;
  if (!load) { process.stderr.write(`There is no command "${name}".\n\n${await overview(commands, before)}`); return 2; }
  const { command } = await load();
  const whole = `${before} ${name}`;
  if ('commands' in command) return runOf(command.commands, whole, rest);
  if (rest.includes('--help') || rest.includes('-h')) { process.stdout.write(helpOf(whole, command)); return 0; }
  let asked: Given = { values: {}, words: [] };
  try {
    asked = given(command, rest);
    return await command.run(asked);
  } catch (error) {
    return failed(whole, command, asked, error);
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

function failed(whole: string, command: Command, asked: Given, error: unknown): ExitCode {
  const told = storageRefusal(error);
  if (!(told instanceof Refusal)) throw error;
  process.stderr.write(`${inOptions(told.message, asked)}\n`);
  if (!(error instanceof UsageError)) return 1;
  process.stderr.write(`\n${helpOf(whole, command)}`);
  return 2;
}

/* What an option said is called by the option, not by the variable that would say the same. */
const inOptions = (message: string, { values }: Given): string => message.replace(/\bCOMMONHOLD_([A-Z]+)\b/g, (name, of: string) => (values[of.toLowerCase()] === undefined ? name : `--${of.toLowerCase()}`));

const helpOf = (whole: string, { summary, usage, help }: Command): string =>
  [`${whole} ${usage}`, '', `  ${summary}`, '', ...help.map((line) => `  ${line}`), ''].join('\n');

async function overview(commands: Commands, before: string): Promise<string> {
  const lines = await Promise.all(Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(13)}${(await load()).command.summary}`));
  return [`${before} COMMAND [options]`, '', ...lines, '', `${before} COMMAND --help says more.`, ''].join('\n');
}
