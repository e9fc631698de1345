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
  usage: 'NAME [--title TEXT] [--publisher TEXT] [--origin URL] [--dir FOLDER]',
  help: [
    'NAME              small letters, digits and _: contract.json and service-key go into a folder of that name',
    '--title TEXT      what people call it',
    '--publisher TEXT  who makes it',
    '--origin URL      where its page will be, like http://localhost:4410: a page from there may be let in',
    '--dir FOLDER      another folder',
    'Keep service-key secret and safe: whoever has it is the service.',
  ],
  options: { title: { type: 'string' }, publisher: { type: 'string' }, origin: { type: 'string' }, dir: { type: 'string' } },
  words: 1,
  run: async ({ words: [name], values: { title, publisher, origin, dir } }) => {
    if (name === undefined) throw new UsageError('What shall the service be called? Give it a name.');
    const { text, seed } = initContract({ name, ...(typeof title === 'string' && { title }), ...(typeof publisher === 'string' && { publisher }), ...(typeof origin === 'string' && { origins: [originOf(origin)] }) });
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

function originOf(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin;
  throw new UsageError('--origin is an address without a path, like http://localhost:4410.');
}
