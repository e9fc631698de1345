import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { fileAt } from './files.ts';

/** `commonhold contract run`: a service's own program, on the Node that Commonhold brought. */
export const command: Command = {
  summary: 'runs a service, a file of TypeScript or JavaScript, on the Node that runs this',
  usage: 'FILE',
  help: ['FILE  the program; it goes on until it ends by itself'],
  options: {},
  words: 1,
  run: async ({ words: [file] }) => {
    if (file === undefined) throw new UsageError('Which program? Name a file.');
    await import(pathToFileURL(resolve(fileAt(file))).href);
    return 0;
  },
};
