import { createReadStream, statSync, writeFileSync } from 'node:fs';
import type { Imported } from '../doors/control/port.ts';
import { CHOICES, LISTS, type ImportWish } from '../past/imports.ts';
import type { Command, Given } from './command.ts';
import { FOLDER, FOLDER_HELP } from './command.ts';
import { atFile } from './file.ts';
import { makeBar } from './progress.ts';
import { settingsOf } from './settings.ts';
import { UsageError } from './usage-error.ts';
import { withHouse } from './with-house.ts';

/** `commonhold import`: brings along what a person has elsewhere. */
export const command: Command = {
  summary: 'brings along what a person has elsewhere',
  usage: 'HANDLE ARCHIVE [--audience WHO] [--profile] [--list WHICH] [--failures FILE]',
  help: [
    'HANDLE           for whom', 'ARCHIVE          what Mastodon (zip or tar.gz) or X (zip) gave them, or their export of another house',
    `--audience WHO   ${CHOICES.join(', ')}; only-me unless told otherwise, and never more people than could read it there`,
    '--profile        gives the profile here what it lacks: words about them, picture, banner',
    `--list WHICH     ARCHIVE is a list as CSV: ${LISTS.join(', ')}`, '--failures FILE  what could not be brought along, and why, as JSON Lines', ...FOLDER_HELP,
  ],
  options: { ...FOLDER, audience: { type: 'string' }, profile: { type: 'boolean' }, list: { type: 'string' }, failures: { type: 'string' } },
  words: 2,
  run: async (given) => {
    const [handle, archive] = given.words;
    if (handle === undefined || archive === undefined) throw new UsageError('What shall come, and for whom? commonhold import HANDLE ARCHIVE');
    const wish = wishOf(given);
    if (!statSync(archive, { throwIfNoEntry: false })?.isFile()) throw new UsageError(`There is no file ${archive}.`);
    const bar = makeBar('Bringing');
    const done = await withHouse(settingsOf(given), (house) => house.importFile(handle, wish, createReadStream(archive), (progress) => bar.at(progress))).finally(() => bar.end());
    tell(done, given.values['failures']);
    return 0;
  },
};

function wishOf({ values: { audience = 'only-me', list, profile } }: Given): ImportWish {
  if (list !== undefined) {
    const found = LISTS.find((name) => name === list);
    if (found === undefined) throw new UsageError(`--list is one of ${LISTS.join(', ')}.`);
    return { kind: 'csv', list: found };
  }
  const choice = CHOICES.find((name) => name === audience);
  if (choice === undefined) throw new UsageError(`--audience is one of ${CHOICES.join(', ')}.`);
  return { kind: 'past', choice, profile: profile === true };
}

function tell({ result, failures }: Imported, file: unknown): void {
  const numbers = Object.entries(result).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  process.stdout.write(`${numbers.map(([name, n]) => `${name} ${n.toLocaleString('en')}`).join(', ')}.\n`);
  if (typeof file === 'string') atFile(file, 'written', () => writeFileSync(file, failures, { mode: 0o600 }));
  else process.stdout.write(failures);
}
