import type { Command } from './command.ts';
import { FOLDER, FOLDER_HELP } from './command.ts';
import { keepHeapSmall } from './heap.ts';
import { settingsOf } from './settings.ts';
import { untilStopped } from './stopped.ts';

/** How long a closing house may take before the process ends anyway, in ms. */
const PATIENCE = 10_000;

/** `commonhold start`: runs the house until a signal asks it to close. */
export const command: Command = {
  summary: 'runs the house',
  usage: '[--lan] [--data DIR] [--port N]',
  help: ['--lan         let the local network in; remembered', ...FOLDER_HELP],
  options: { ...FOLDER, lan: { type: 'boolean' } },
  run: async (given) => {
    keepHeapSmall();
    const config = settingsOf(given);
    const stopped = untilStopped();
    const { startHouse } = await import('../compose.ts');
    const announce = (lines: readonly string[]): void => { process.stdout.write(`${lines.join('\n')}\n`); };
    const house = await startHouse(config, { lan: given.values['lan'] === true, announce });
    announce(house.banner());
    await stopped;
    process.stdout.write('Closing the house ...\n');
    setTimeout(() => process.exit(1), PATIENCE).unref();
    await house[Symbol.asyncDispose]();
    return 0;
  },
};
