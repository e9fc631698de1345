import { writeFileSync } from 'node:fs';
import { typesOf } from '@commonhold/sdk/contract';
import type { Command } from '../command.ts';
import { contractIn, say } from './files.ts';

/** `commonhold contract types`: what the collections hold, for TypeScript. */
export const command: Command = {
  summary: 'writes TypeScript types of what a contract keeps',
  usage: 'FILE [--out FILE]',
  help: ['--out FILE  where they go (to the screen)'],
  options: { out: { type: 'string' } },
  words: 1,
  run: async ({ words: [file], values: { out } }) => {
    const text = typesOf(contractIn(file));
    if (typeof out === 'string') writeFileSync(out, text);
    else say([text.trimEnd()]);
    return 0;
  },
};
