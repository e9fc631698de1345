import { ACT, actHelp, carryOut, daysIn, withAct, wordAt } from './care.ts';
import type { Command } from './command.ts';

const LONGEST = 90;

/** `commonhold expel HANDLE`: lets somebody go with their pod. */
export const command: Command = {
  summary: 'asks somebody to leave, with time to take everything along',
  usage: 'HANDLE [--days N] [--words TEXT] [--off]',
  help: ['--days N      how much time they have (14)', ...actHelp('lets them stay after all')],
  options: { ...ACT, days: { type: 'string' } }, words: 1,
  run: (given) => carryOut(given, { do: 'expel', who: wordAt(given, 0, 'whom'), ...daysIn(given, LONGEST), ...withAct(given) }),
};
