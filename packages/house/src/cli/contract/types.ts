import { typesOf } from '@commonhold/sdk/contract';
import type { Command } from '../command.ts';
import { contractIn, say, writeOver } from './files.ts';

/** `commonhold contract types`: what the collections hold, for TypeScript. */
export const command: Command = {
  summary: 'writes TypeScript types of what a contract keeps',
  usage: 'FILE [--out FILE] [--records-only]',
  help: ['--out FILE      where they go (to the screen)', '--records-only  without the id of the service, for one that has another wherever it is installed'],
  options: { out: { type: 'string' }, 'records-only': { type: 'boolean', default: false } },
  words: 1,
  run: async ({ words: [file], values: { out, 'records-only': recordsOnly } }) => {
    const text = typesOf(contractIn(file), { recordsOnly: recordsOnly === true });
    if (typeof out === 'string') writeOver(out, text);
    else say([text.trimEnd()]);
    return 0;
  },
};
