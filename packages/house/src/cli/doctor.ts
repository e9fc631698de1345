import type { Command } from './command.ts';
import { FOLDER, FOLDER_HELP } from './command.ts';
import type { Finding } from './doctor/finding.ts';
import * as folder from './doctor/folder.ts';
import { health } from './doctor/health.ts';
import * as house from './doctor/house.ts';
import * as machine from './doctor/machine.ts';
import { readHolder } from '../folder/lock.ts';
import { makeBar } from './progress.ts';
import { settingsOf } from './settings.ts';

const MARK = { well: 'ok  ', note: 'note', ill: 'ILL ' } as const;

/** `commonhold doctor`: looks at machine, folder and house, and says the one thing to do next. */
export const command: Command = {
  summary: 'looks for what is wrong and says what to do',
  usage: '[--data DIR] [--port N]',
  help: FOLDER_HELP,
  options: FOLDER,
  run: async (given) => {
    const config = settingsOf(given);
    const { finding: held, running } = await house.holder(config);
    const findings = [
      machine.node(), machine.network(), folder.writable(config.data), folder.modes(config.data), ...await health(config, running, readHolder(config.data)?.pid),
      held, await house.troubles(running), await house.port(config, running), house.databases(config.data, running, makeBar('Reading files')),
    ];
    process.stdout.write(`${report(findings).join('\n')}\n`);
    return findings.some(({ state }) => state === 'ill') ? 1 : 0;
  },
};

/** A line for each finding, then the one thing to do: the first ill, else the first worth a note. */
export function report(findings: readonly Finding[]): string[] {
  const first = findings.find(({ state }) => state === 'ill') ?? findings.find(({ state }) => state === 'note');
  return [
    ...findings.map(({ what, state, says }) => `${MARK[state]}  ${what.padEnd(12)}  ${says}`),
    '', first?.todo === undefined ? 'All is well; nothing to do.' : `Next: ${first.todo}`,
  ];
}
