import { carryOut, wordAt } from './care.ts';
import { FOLDER, FOLDER_HELP, type Command } from './command.ts';
import { UsageError } from './usage-error.ts';

/** `commonhold role HANDLE steward|member`: makes somebody a steward, or a member again. */
export const command: Command = {
  summary: 'makes somebody a steward, or a member again',
  usage: 'HANDLE steward|member',
  help: FOLDER_HELP,
  options: FOLDER, words: 2,
  run: (given) => {
    const role = wordAt(given, 1, 'steward or member');
    if (role !== 'steward' && role !== 'member') throw new UsageError('A role is steward or member.');
    return carryOut(given, { do: 'role', who: wordAt(given, 0, 'whom'), role });
  },
};
