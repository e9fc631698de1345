import { diffOf } from '@commonhold/sdk/contract';
import type { Command } from '../command.ts';
import { contractIn, say } from './files.ts';
import { LANGUAGE, languageOf } from './language.ts';

/** `commonhold contract diff`: what people are asked to agree to when a service goes on. */
export const command: Command = {
  summary: 'says what changes from one contract to another',
  usage: `FROM TO ${LANGUAGE.usage}`,
  help: [LANGUAGE.help, '+ what gets wider: each person is asked; - narrower; ~ changed; x why no house takes the other as the next version', 'Exit code 0: nothing gets wider. 1: something does.'],
  options: LANGUAGE.option,
  words: 2,
  run: async (given) => {
    const language = languageOf(given), [from, to] = given.words;
    const { lines, wider } = diffOf(contractIn(from), contractIn(to), language);
    say(lines);
    return wider ? 1 : 0;
  },
};
