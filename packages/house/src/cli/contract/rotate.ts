import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { Refusal, toBase64Url, type JsonObject } from '@commonhold/core';
import { contractText, rotated } from '@commonhold/sdk/contract';
import type { Command } from '../command.ts';
import { contractIn, ROTATIONS, rotationsBeside, say, seedIn, writeNew } from './files.ts';

/** `commonhold contract rotate`: another key for a service, said by the one that ends. */
export const command: Command = {
  summary: 'gives a service a new key, signed for by the old one',
  usage: 'FILE [--key FILE]',
  help: [
    'FILE        the contract: it becomes the next version, signed by the new key; the version before is kept beside it',
    '--key FILE  the key that ends (service-key beside the contract); the new one takes its place',
    `${ROTATIONS} beside the contract says how one key followed another: publish it with the contract.`,
    'Keep the old key, too: requests to whoever stays with an earlier version are signed with it.',
  ],
  options: { key: { type: 'string' } },
  words: 1,
  run: async ({ words: [file], values: { key } }) => {
    const contract = contractIn(file), folder = dirname(file!), rotations = rotationsBeside(file!);
    const path = typeof key === 'string' ? key : join(folder, 'service-key'), from = seedIn(path);
    const ended = `${path}-${rotations.length + 1}`, before = join(folder, `contract-${contract.version}.json`);
    for (const one of [ended, before]) if (existsSync(one)) throw new Refusal('conflict', 'file_exists', `${one} is there already.`);
    const to = randomBytes(32), made = rotated(contract, { from, to, rotations }, Date.now());
    // The keys first: what is published names a key that is surely kept.
    writeNew(`${path}.next`, `${toBase64Url(to)}\n`, true);
    writeNew(before, contractText(contract as unknown as JsonObject));
    renameSync(path, ended);
    renameSync(`${path}.next`, path);
    writeFileSync(join(folder, ROTATIONS), `${JSON.stringify(made.rotations, null, 2)}\n`);
    writeFileSync(file!, contractText(made.contract as unknown as JsonObject));
    say([
      `${file} is version ${made.contract.version}, signed by the new key in ${path}`, `${ended} holds the key that ended, ${before} what it signed: keep both for whoever stays`,
      `${join(folder, ROTATIONS)} says so for every house`, `hash ${made.hash}`,
    ]);
    return 0;
  },
};
