import { wordsOf } from '@commonhold/sdk/contract';
import type { Command } from '../command.ts';
import { contractIn, say } from './files.ts';

/** `commonhold contract words`: the card that people will see. */
export const command: Command = {
  summary: 'says a contract in the words that people will read',
  usage: 'FILE [--language en|de]',
  help: ['--language en|de  the language (en)'],
  options: { language: { type: 'string', default: 'en' } },
  words: 1,
  run: async ({ words: [file], values: { language } }) => {
    say(wordsOf(contractIn(file), String(language)));
    return 0;
  },
};
