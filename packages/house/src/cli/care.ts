import type { CareWish } from '../doors/control/port.ts';
import { FOLDER, FOLDER_HELP, type ExitCode, type Given } from './command.ts';
import { settingsOf } from './settings.ts';
import { UsageError } from './usage-error.ts';
import { withHouse } from './with-house.ts';

/** Options of what can be said with an act, and of how to take it back. */
export const ACT = { ...FOLDER, words: { type: 'string' }, off: { type: 'boolean' } } as const;

/** Their lines of help. */
export const actHelp = (off: string): readonly string[] => ['--words TEXT  what you say to whom it concerns', `--off         ${off}`, ...FOLDER_HELP];

/** Has the house do it, and prints what came of it. */
export async function carryOut(given: Given, wish: CareWish): Promise<ExitCode> {
  const { said } = await withHouse(settingsOf(given), (house) => house.care(wish));
  process.stdout.write(`${said}\n`);
  return 0;
}

/** What goes with any act: words, and whether it is taken back. */
export const withAct = ({ values }: Given): { words?: string; off?: boolean } =>
  ({ ...(typeof values['words'] === 'string' && { words: values['words'] }), ...(values['off'] === true && { off: true }) });

/** So many days, where they are given. */
export function daysIn({ values }: Given, most: number): { days?: number } {
  if (values['days'] === undefined) return {};
  const days = Number(values['days']);
  if (Number.isInteger(days) && days >= 1 && days <= most) return { days };
  throw new UsageError(`--days must be a whole number from 1 to ${most}.`);
}

/** The word at a place. */
export function wordAt({ words }: Given, at: number, what: string): string {
  const word = words[at];
  if (word === undefined) throw new UsageError(`Say ${what}.`);
  return word;
}
