import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, toBase64Url } from '@commonhold/core';
import { initContract } from '@commonhold/sdk/contract';
import type { Command } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { makeFolder, say, writeNew } from './files.ts';

/** `commonhold contract init`: a contract to begin with, and the key of its service. */
export const command: Command = {
  summary: 'begins a contract, with a new key for its service',
  usage: 'NAME [--title TEXT] [--publisher TEXT] [--dir FOLDER]',
  help: [
    'NAME              small letters, digits and _: contract.json and service-key go into a folder of that name',
    '--title TEXT      what people call it',
    '--publisher TEXT  who makes it',
    '--dir FOLDER      another folder',
    'Keep service-key secret and safe: whoever has it is the service.',
  ],
  options: { title: { type: 'string' }, publisher: { type: 'string' }, dir: { type: 'string' } },
  words: 1,
  run: async ({ words: [name], values: { title, publisher, dir } }) => {
    if (name === undefined) throw new UsageError('What shall the service be called? Give it a name.');
    const { text, seed } = initContract({ name, ...(typeof title === 'string' && { title }), ...(typeof publisher === 'string' && { publisher }) });
    const folder = typeof dir === 'string' ? dir : name;
    const files = { contract: join(folder, 'contract.json'), key: join(folder, 'service-key') };
    for (const path of Object.values(files)) if (existsSync(path)) throw new Refusal('conflict', 'file_exists', `${path} is there already.`);
    makeFolder(folder);
    writeNew(files.key, `${toBase64Url(seed)}\n`, true);
    writeNew(files.contract, text);
    if (!existsSync(join(folder, '.gitignore'))) writeNew(join(folder, '.gitignore'), 'service-key\n');
    say([`${files.contract}  the contract, a draft: change it as you like`, `${files.key}    the key of the service: keep it secret and safe`]);
    return 0;
  },
};
