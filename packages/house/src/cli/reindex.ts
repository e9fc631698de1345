import type { Command } from './command.ts';
import { FOLDER, FOLDER_HELP } from './command.ts';
import { makeBar } from './progress.ts';
import { settingsOf } from './settings.ts';
import { withHouse } from './with-house.ts';

/** `commonhold reindex`: builds the views anew from the pods. */
export const command: Command = {
  summary: 'builds timelines and threads anew from the pods',
  usage: '[--data DIR]',
  help: FOLDER_HELP,
  options: FOLDER,
  run: async (given) => {
    const bar = makeBar('Reading pods');
    let pods = 0;
    await withHouse(settingsOf(given), (house) => house.reindex((progress) => { pods = progress.of; bar.at(progress); })).finally(() => bar.end());
    process.stdout.write(`Rebuilt from ${pods} ${pods === 1 ? 'pod' : 'pods'}.\n`);
    return 0;
  },
};
