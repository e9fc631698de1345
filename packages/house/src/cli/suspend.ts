import { ACT, actHelp, carryOut, daysIn, withAct, wordAt } from './care.ts';
import type { Command } from './command.ts';

const A_YEAR = 366;

/** `commonhold suspend HANDLE`: lets somebody read and publish nothing for a time. */
export const command: Command = {
  summary: 'lets somebody read, and publish nothing, for a time',
  usage: 'HANDLE [--days N] [--words TEXT] [--off]',
  help: ['--days N      for how long (7)', ...actHelp('ends the suspension')],
  options: { ...ACT, days: { type: 'string' } }, words: 1,
  run: (given) => carryOut(given, { do: 'suspend', who: wordAt(given, 0, 'whom'), ...daysIn(given, A_YEAR), ...withAct(given) }),
};
