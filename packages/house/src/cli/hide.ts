import { ACT, actHelp, carryOut, withAct, wordAt } from './care.ts';
import type { Command } from './command.ts';

/** `commonhold hide POST`: hides a post in this house, or shows it again. */
export const command: Command = {
  summary: 'hides a post in this house; its pod keeps it as it is',
  usage: 'POST [--words TEXT] [--off]',
  help: ['POST          the address of the post, or handle/key', ...actHelp('shows it again')],
  options: ACT, words: 1,
  run: (given) => carryOut(given, { do: 'hide', post: wordAt(given, 0, 'which post'), ...withAct(given) }),
};
