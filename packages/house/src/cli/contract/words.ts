import { wordsOf } from '@commonhold/sdk/contract';
import type { Command } from '../command.ts';
import { contractIn, say } from './files.ts';
import { LANGUAGE, languageOf } from './language.ts';

/** `commonhold contract words`: the card that people will see. */
export const command: Command = {
  summary: 'says a contract in the words that people will read',
  usage: `FILE ${LANGUAGE.usage}`,
  help: [LANGUAGE.help],
  options: LANGUAGE.option,
  words: 1,
  run: async (given) => {
    const language = languageOf(given);
    say(wordsOf(contractIn(given.words[0]), language));
    return 0;
  },
};
