import { openSync, writeSync, closeSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BackupDeed, BackupLine } from '../doors/control/port.ts';
import type { Command, Given } from './command.ts';
import { FOLDER, FOLDER_HELP } from './command.ts';
import { atFile } from './file.ts';
import { makeBar } from './progress.ts';
import { settingsOf } from './settings.ts';
import { UsageError } from './usage-error.ts';
import { withHouse } from './with-house.ts';

/** `commonhold backup`: makes, tries and lists backups. */
export const command: Command = {
  summary: 'makes a backup, or tries whether one can be restored',
  usage: '[list | drill [ID] | key --out FILE] [--to FOLDER]',
  help: [
    '              nothing more: make a backup now',
    'list          the backups that are there',
    'drill [ID]    restore one for trial (the newest, unless named) and check everything in it',
    'key           write the key that opens the backups into a file, for those who have lost the words',
    '--to FOLDER   backups go there from now on, also by night',
    '--out FILE    where the key goes',
    ...FOLDER_HELP,
  ],
  options: { ...FOLDER, to: { type: 'string' }, out: { type: 'string' } },
  words: 2,
  run: async (given) => {
    const deed = deedOf(given);
    const bar = makeBar(deed.do === 'drill' ? 'Trying KiB' : 'Saving KiB');
    const answer = await withHouse(settingsOf(given), (house) => house.backup(deed, ({ done, of }) => bar.at({ done: Math.round(done / 1024), of: Math.ceil(of / 1024) }))).finally(() => bar.end());
    if (answer.key !== undefined) { writeKey(String(given.values['out']), answer.key); return 0; }
    if (answer.made) say([`Backup ${answer.made.id}: ${lineOf(answer.made)}, ${size(answer.made.added)} of it new.`]);
    if (answer.list) say(answer.list.length === 0 ? ['There are no backups yet.'] : answer.list.map((one) => `${one.id}  ${lineOf(one)}${one.drill ? (one.drill.ok ? ', tried: sound' : ', tried: DAMAGED') : ''}`));
    if (!answer.tried) return 0;
    say(answer.tried.ok ? [`Backup ${answer.tried.id} was restored for trial: everything in it is sound.`] : [`Backup ${answer.tried.id} is DAMAGED:`, ...answer.tried.found, 'Next: make a new backup, then try that one.']);
    return answer.tried.ok ? 0 : 1;
  },
};

function deedOf({ words: [what = 'now', id], values: { to, out } }: Given): BackupDeed {
  const known = (['now', 'drill', 'list', 'key'] as const).find((one) => one === what);
  if (!known) throw new UsageError(`"${what}" is none of list, drill and key.`);
  if (id !== undefined && known !== 'drill') throw new UsageError(`"${id}" is one word too many.`);
  if (known === 'key' && typeof out !== 'string') throw new UsageError('Where shall the key go? Name a file with --out.');
  return { do: known, ...(id !== undefined && { id }), ...(typeof to === 'string' && { to: resolve(to) }) };
}

function writeKey(path: string, key: string): void {
  const file = atFile(path, 'written', () => openSync(path, 'wx', 0o600));
  try { writeSync(file, `${key}\n`); } finally { closeSync(file); }
  say([`${path} opens every backup of this house. Keep it where the backups are not.`]);
}

const say = (lines: readonly string[]): void => { process.stdout.write(`${lines.join('\n')}\n`); };
const size = (bytes: number): string => `${(bytes / 1024 ** 2).toLocaleString('en', { maximumFractionDigits: 1 })} MiB`;
const lineOf = ({ at, people, bytes, took }: BackupLine): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC, ${people} ${people === 1 ? 'person' : 'people'}, ${size(bytes)} in ${(took / 1000).toFixed(1)} s`;
