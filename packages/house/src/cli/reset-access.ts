import { qrLines } from '../listen/banner.ts';
import { wordAt } from './care.ts';
import { FOLDER, FOLDER_HELP, type Command } from './command.ts';
import { settingsOf } from './settings.ts';
import { withHouse } from './with-house.ts';

/** `commonhold reset-access HANDLE`: makes a way in for somebody who lost passphrase and passkeys. */
export const command: Command = {
  summary: 'makes a way in for somebody who lost their passphrase',
  usage: 'HANDLE',
  help: ['It is good once, for a day. With it they choose a new passphrase; it stands in their log.', ...FOLDER_HELP],
  options: FOLDER, words: 1,
  run: async (given) => {
    const made = await withHouse(settingsOf(given), (house) => house.letIn(wordAt(given, 0, 'whom')));
    process.stdout.write(`${[
      made.url, '', ...qrLines(made.url), '',
      `A way in for ${made.name}, good once until ${new Date(made.expires).toISOString().slice(0, 16).replace('T', ' ')} UTC. Whoever has it can be them: hand it to nobody else. They are told.`,
    ].join('\n')}\n`);
    return 0;
  },
};
