import { isWaiting } from '../backup/adopt.ts';
import { isHeld } from '../upgrade/back.ts';
import type { Command, Given } from './command.ts';
import { FOLDER, FOLDER_HELP } from './command.ts';
import { keepHeapSmall } from './heap.ts';
import { makeBar } from './progress.ts';
import { settingsOf } from './settings.ts';
import { untilStopped } from './stopped.ts';

/** How long a closing house may take before the process ends anyway, in ms. */
const PATIENCE = 10_000;

/** `commonhold start`: runs the house until a signal asks it to close. */
export const command: Command = {
  summary: 'runs the house',
  usage: '[--lan] [--upgrade] [--data DIR] [--port N]',
  help: ['--lan         let the local network in; remembered', '--upgrade     takes in an upgrade from which you went back', ...FOLDER_HELP],
  options: { ...FOLDER, lan: { type: 'boolean' }, upgrade: { type: 'boolean' } },
  run: async (given) => {
    keepHeapSmall();
    const stopped = untilStopped();
    // A house that was restored in the browser begins where the one that received it ends; one that goes back says so.
    do await oneHouse(given, stopped); while (isWaiting(settingsOf(given).data) || isHeld(settingsOf(given).data));
    return 0;
  },
};

async function oneHouse(given: Given, stopped: Promise<void>): Promise<void> {
  const { startHouse } = await import('../compose.ts');
  const announce = (lines: readonly string[]): void => { process.stdout.write(`${lines.join('\n')}\n`); };
  const { promise: restored, resolve: onRestored } = Promise.withResolvers<void>();
  const house = await startHouse(settingsOf(given), { lan: given.values['lan'] === true, again: given.values['upgrade'] === true, announce, onRestored, onUpgrade: tellUpgrade() });
  announce(house.banner());
  await Promise.race([stopped, restored]);
  process.stdout.write('Closing the house ...\n');
  const patience = setTimeout(() => process.exit(1), PATIENCE).unref();
  await house[Symbol.asyncDispose]();
  clearTimeout(patience);
}

/** Says that an older data folder is brought up to date, once, and how far it is. */
function tellUpgrade(): (done: number, of: number) => void {
  const bar = makeBar('Bringing up to date');
  return (done, of) => {
    if (done === 0) process.stdout.write('This data folder is of an older version. It is brought up to date; what it was is kept for three days.\n');
    bar.at({ done, of });
    if (done === of) bar.end();
  };
}
