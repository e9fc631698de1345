import { writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import type { Failed } from './types.ts';

/** How much of them is written down, in bytes: some ten thousands. How many there are of all, what came of it says. */
const MOST = 4 * 2 ** 20;
const LONGEST_ITEM = 300;

/** Writes down what could not be brought along, anew each time; an archive of nothing but faults does not fill the disk. */
export function makeFailures(path: string): (failed: Failed) => Promise<void> {
  writeFileSync(path, '', { mode: 0o600 });
  let written = 0;
  return async ({ item, ...rest }) => {
    const line = Buffer.from(`${JSON.stringify({ item: item.slice(0, LONGEST_ITEM), ...rest })}\n`);
    written += line.length;
    if (written <= MOST) await appendFile(path, line);
  };
}
