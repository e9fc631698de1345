import type { ParseArgsConfig } from 'node:util';

/** How a command ends: 0 it did what was asked, 1 it could not, 2 it was asked wrongly. */
export type ExitCode = 0 | 1 | 2;

/** The options and words that a command was given, as `util.parseArgs` read them. */
export interface Given { values: Readonly<Record<string, string | boolean | undefined>>; words: readonly string[] }

/** One command of `commonhold`, in a file of its name. */
export interface Command {
  /** One line for the list of commands. */
  summary: string;
  /** What may follow the name. */
  usage: string;
  /** What `--help` says below the usage: one line per option. */
  help: readonly string[];
  options: NonNullable<ParseArgsConfig['options']>;
  /** How many words may follow, options aside. */
  words?: number;
  run(given: Given): Promise<ExitCode>;
}

/** Several commands under one name: `commonhold contract sign`. */
export interface Group { summary: string; commands: Commands }

/** Commands by name, each loaded only when asked for. */
export type Commands = Readonly<Record<string, () => Promise<{ command: Command | Group }>>>;

/** The options that every command on a data folder has. */
export const FOLDER = { data: { type: 'string' }, port: { type: 'string' } } as const;

/** Their lines of help. */
export const FOLDER_HELP = [
  '--data DIR    the data folder (COMMONHOLD_DATA, else ./data)',
  '--port N      the port of the house (COMMONHOLD_PORT, else 4300)',
];
