import { diffOf } from '@commonhold/sdk/contract';
import type { Command } from '../command.ts';
import { contractIn, say } from './files.ts';

/** `commonhold contract diff`: what people are asked to agree to when a service goes on. */
export const command: Command = {
  summary: 'says what changes from one contract to another',
  usage: 'FROM TO [--language en|de]',
  help: ['--language en|de  the language (en)', '+ what gets wider: each person is asked; - narrower; ~ changed; x why no house takes the other as the next version', 'Exit code 0: nothing gets wider. 1: something does.'],
  options: { language: { type: 'string', default: 'en' } },
  words: 2,
  run: async ({ words: [from, to], values: { language } }) => {
    const { lines, wider } = diffOf(contractIn(from), contractIn(to), String(language));
    say(lines);
    return wider ? 1 : 0;
  },
};
