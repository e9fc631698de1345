import type { InviteWish } from '../doors/control/port.ts';
import { qrLines } from '../listen/banner.ts';
import type { Command, Given } from './command.ts';
import { FOLDER, FOLDER_HELP } from './command.ts';
import { settingsOf } from './settings.ts';
import { UsageError } from './usage-error.ts';
import { withHouse } from './with-house.ts';

const REACH = {
  'this-machine': 'It works on this machine only, until you let the network in (Settings, or npx commonhold start --lan).',
  network: 'It works for whoever is in this network.',
  internet: 'It works from anywhere.',
} as const;

/** `commonhold invite`: makes an invite and prints its address and QR code. */
export const command: Command = {
  summary: 'makes an invite and prints its address',
  usage: '[--uses N] [--hours N] [--note TEXT] [--by HANDLE]',
  help: [
    '--uses N      how many people may join with it (10)', '--hours N     how long it is good for (168)',
    '--note TEXT   a word to whoever opens it', '--by HANDLE   who invites (the steward)', ...FOLDER_HELP,
  ],
  options: { ...FOLDER, uses: { type: 'string' }, hours: { type: 'string' }, note: { type: 'string' }, by: { type: 'string' } },
  run: async (given) => {
    const wish = wishOf(given);
    const made = await withHouse(settingsOf(given), (house) => house.invite(wish));
    const until = new Date(made.expires).toISOString().slice(0, 16).replace('T', ' ');
    process.stdout.write(`${[
      made.url, '', ...qrLines(made.url), '', `Good for ${made.uses} ${made.uses === 1 ? 'person' : 'people'} until ${until} UTC. ${REACH[made.reach]}`,
    ].join('\n')}\n`);
    return 0;
  },
};

function wishOf({ values }: Given): InviteWish {
  const wish: InviteWish = {};
  if (typeof values['by'] === 'string') wish.by = values['by'];
  if (typeof values['note'] === 'string') wish.note = values['note'];
  if (values['uses'] !== undefined) wish.uses = whole('--uses', values['uses'], 300);
  if (values['hours'] !== undefined) wish.hours = whole('--hours', values['hours'], 720);
  return wish;
}

function whole(name: string, value: string | boolean, most: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new UsageError(`${name} must be a whole number from 1 to ${most}.`);
}
