import { dirname, join } from 'node:path';
import type { JsonObject } from '@commonhold/core';
import { contractText, signed } from '@commonhold/sdk/contract';
import type { Command } from '../command.ts';
import { contractIn, rotationsBeside, say, seedIn, writeOver } from './files.ts';

/** `commonhold contract sign`: the service stands by its contract. */
export const command: Command = {
  summary: 'signs a contract with the key of its service',
  usage: 'FILE [--key FILE] [--out FILE]',
  help: ['--key FILE  the key that "commonhold contract init" made (service-key beside the contract)', '--out FILE  where the signed contract goes (into the same file)'],
  options: { key: { type: 'string' }, out: { type: 'string' } },
  words: 1,
  run: async ({ words: [file], values: { key, out } }) => {
    const contract = contractIn(file);
    const seed = seedIn(typeof key === 'string' ? key : join(dirname(file!), 'service-key'));
    const made = signed(contract, seed, Date.now(), { rotations: rotationsBeside(file!) });
    const path = typeof out === 'string' ? out : file!;
    writeOver(path, contractText(made.contract as unknown as JsonObject));
    say([`${path} is signed: ${contract.service.name}, version ${contract.version}`, `hash ${made.hash}`]);
    return 0;
  },
};
