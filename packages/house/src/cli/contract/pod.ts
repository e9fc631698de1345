import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Contract } from '@commonhold/core';
import { signatureOf, type Rotations } from '@commonhold/sdk/contract';
import { openDataFolder } from '../../config/folder.ts';
import type { Command } from '../command.ts';
import { settingsOf } from '../settings.ts';
import { untilStopped } from '../stopped.ts';
import { contractIn, rotationsBeside } from './files.ts';
import { makeTryOut, type Tried } from './try-out.ts';

const PORT = '4310';

/** `commonhold contract pod`: a house for trying a contract, with two made-up people who joined it. */
export const command: Command = {
  summary: 'runs a house of two made-up people who joined a contract, to build with',
  usage: 'FILE [--data DIR] [--port N]',
  help: [
    'FILE        the contract; a draft may be changed freely: start again and both go on to it',
    '--data DIR  the folder of that house (./dev-house); delete it to begin anew',
    `--port N    its port (${PORT})`,
    'The addresses and tokens go into DIR/dev.env, for scripts: ". dev-house/dev.env"',
  ],
  options: { data: { type: 'string', default: 'dev-house' }, port: { type: 'string', default: PORT } },
  words: 1,
  run: async (given) => {
    const contract = contractIn(given.words[0]), rotations = rotationsBeside(given.words[0]!);
    const config = settingsOf(given);
    const stopped = untilStopped();
    openDataFolder(config.data);
    const passphrase = passphraseIn(config.data);
    const { startHouse } = await import('../../compose.ts');
    const house = await startHouse(config);
    try {
      const url = `http://localhost:${house.network.port}`;
      const people = await makeTryOut({ url, passphrase, code: house.household.setupCode() }, contract, rotations);
      writeFileSync(join(config.data, 'dev.env'), env(url, contract, people), { mode: 0o600 });
      process.stdout.write(lines(url, { contract, rotations }, people, join(config.data, 'dev.env')));
      await stopped;
    } finally { await house[Symbol.asyncDispose](); }
    return 0;
  },
};

/** The one passphrase of both, kept beside the house: they are nobody. */
function passphraseIn(data: string): string {
  const path = join(data, 'dev-passphrase');
  if (!existsSync(path)) writeFileSync(path, `${randomBytes(16).toString('base64url')}\n`, { mode: 0o600 });
  return readFileSync(path, 'utf8').trim();
}

const env = (url: string, { service }: Contract, people: readonly Tried[]): string =>
  [`HOUSE=${url}`, `SERVICE=${service.id}`, ...people.flatMap(({ handle, persona, token }) => [`${handle.toUpperCase()}=${persona}`, `${handle.toUpperCase()}_TOKEN=${token}`]), ''].join('\n');

function lines(url: string, { contract, rotations }: { contract: Contract; rotations: Rotations }, people: readonly Tried[], file: string): string {
  const { state } = signatureOf(contract, rotations);
  return ['', `A house to build with: ${url}`, `${contract.service.title}, version ${contract.version} (${state}) is joined by ${people.map(({ handle }) => handle).join(' and ')}, each under a pseudonym.`,
    `Addresses and tokens are in ${file}.`, '', 'Ctrl-C closes the house.', ''].join('\n');
}
