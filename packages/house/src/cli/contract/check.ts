import { Refusal, type Unhonoured } from '@commonhold/core';
import { checkContract, type ContractReport } from '@commonhold/sdk/contract';
import hashes from '../../../../../spec/contracts/hashes.json' with { type: 'json' };
import type { Command } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { byodaSigners, SIGNERS, type Certificates } from './byoda-signers.ts';
import { lineOf, rotationsBeside, say, textOf } from './files.ts';

/** `commonhold contract check`: is it good, who stands behind it, and what of it is not honoured. */
export const command: Command = {
  summary: 'checks contracts, of our format and of BYODA’s',
  usage: 'FILE... [--service-certificate FILE] [--network-certificate FILE]',
  help: [
    '--service-certificate FILE  PEM, for the signature of the service in a file of BYODA',
    '--network-certificate FILE  PEM, for the signature of the network in a file of BYODA',
    'Exit code 0: all are good. 1: one is not, and the reason is said. 2: it was asked wrongly.',
  ],
  options: { 'service-certificate': { type: 'string' }, 'network-certificate': { type: 'string' } },
  words: 1_000,
  run: async ({ words, values }) => {
    if (words.length === 0) throw new UsageError('Which contract? Name a file.');
    const texts = words.map((path): [string, string] => [path, textOf(path)]);
    const certificates: Certificates = Object.fromEntries(SIGNERS.flatMap((by) => {
      const path = values[`${by}-certificate`];
      return typeof path === 'string' ? [[by, textOf(path)]] : [];
    }));
    const good = texts.filter(([path, text]) => isGood(path, text, certificates));
    return good.length === texts.length ? 0 : 1;
  },
};

function isGood(path: string, text: string, certificates: Certificates): boolean {
  try {
    const report = checkContract(text, Object.values(hashes), rotationsBeside(path));
    const signers = report.standing === 'byoda' ? byodaSigners(text, certificates) : [];
    say([`${path}: good`, ...summary(report), ...signers.map((line) => `  ${line}`), ...unhonouredLines(report.unhonoured)]);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal) || error instanceof UsageError) throw error;
    // Names in the file may hold anything; a terminal is told letters only.
    say([`${path}: ${error.code}${error.field ? ` at ${JSON.stringify(error.field).slice(1, -1)}` : lineOf(text)}: ${error.message}`]);
    return false;
  }
}

const STANDING: { readonly [standing in ContractReport['standing']]: string } = {
  signed: 'signed by its key', 'built-in': 'houses are built with it', draft: 'a draft: nobody has signed it', byoda: 'made of a contract file of BYODA, which nobody signs here',
};

function summary({ contract, hash, standing }: ContractReport): string[] {
  const collections = Object.values(contract.collections);
  const rules = collections.reduce((sum, { allow }) => sum + allow.length, 0);
  return [
    `  ${contract.service.title}, by ${contract.service.publisher}, version ${contract.version}: ${STANDING[standing]}`,
    `  ${collections.length} ${collections.length === 1 ? 'collection' : 'collections'}, ${rules} ${rules === 1 ? 'rule' : 'rules'}`,
    `  hash ${hash}`,
  ];
}

function unhonouredLines(all: readonly Unhonoured[]): string[] {
  if (all.length === 0) return [];
  const blocking = all.filter(({ blocks }) => blocks).length;
  return [
    `  Not honoured: ${all.length}${blocking === 0 ? '; none of them keeps anybody from joining' : `; ${blocking} (!) would promise people what is not kept, so that nobody can join`}`,
    ...Object.values(Object.groupBy(all, ({ code }) => code)).flatMap((some) => [
      `  ${some[0]!.blocks ? '!' : '-'} ${some[0]!.message}`,
      ...some.map(({ at }) => `      ${at}`),
    ]),
  ];
}
