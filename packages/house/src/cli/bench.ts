import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Refusal } from '@commonhold/core';
import type { Command } from './command.ts';

const ENTRY = new URL('../../../../tests/perf/bench.ts', import.meta.url);

/** `commonhold bench`: measures this machine against the budgets. */
export const command: Command = {
  summary: 'measures the house on this machine',
  usage: '[--json]',
  help: ['--json        print the numbers as JSON'],
  options: { json: { type: 'boolean' } },
  run: async ({ values }) => {
    if (!existsSync(ENTRY)) throw new Refusal('not_found', 'no_bench', 'The measurements are part of the source tree; run this in a clone.');
    process.argv.splice(1, process.argv.length - 1, fileURLToPath(ENTRY), ...(values['json'] === true ? ['--json'] : []));
    await import(ENTRY.href);
    return process.exitCode === undefined || process.exitCode === 0 ? 0 : 1;
  },
};
