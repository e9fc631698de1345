import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder, writeDurably } from '../config/durably.ts';
import { restoredHere } from './machine.ts';
import { isPodWaiting } from './one-pod.ts';

/** Where a backup is restored to inside a data folder, and what says that it is whole: then it takes the folder's place. */
export const RESTORED = 'restored';
const WHOLE = 'restored.whole';
const ASIDE = 'before-restore';

/** What belongs to this process or machine and stays: an address is the machine's. */
const STAYS = /^(lock\.db|house\.lock|house\.sock|config\.json$|restored|before-restore|backup\.)/;

/** Says that what lies in `restored` is whole; the next start takes it in. */
export function markWhole(data: string): void { write(data, 'aside'); }

/** Whether a restored house, or a pod, waits to be taken in. */
export const isWaiting = (data: string): boolean => existsSync(join(data, WHOLE)) || isPodWaiting(data);

/**
 * Takes a restored house in, the folder's lock being held: what a fresh house had goes to `before-restore`, what was restored comes up.
 * Cut off anywhere, the next start goes on where this one ended.
 */
export function adoptRestored(data: string): void {
  const path = join(data, WHOLE), from = join(data, RESTORED);
  if (!existsSync(path)) { rmSync(from, { recursive: true, force: true }); return; }
  if (readFileSync(path, 'utf8') === 'aside') {
    const aside = join(data, ASIDE);
    mkdirSync(aside, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(data)) if (!STAYS.test(name)) { rmSync(join(aside, name), { recursive: true, force: true }); renameSync(join(data, name), join(aside, name)); }
    write(data, 'in');
  }
  for (const name of existsSync(from) ? readdirSync(from) : []) if (!existsSync(join(data, name))) renameSync(join(from, name), join(data, name));
  restoredHere(data);
  syncFolder(data);
  rmSync(from, { recursive: true, force: true });
  rmSync(path);
}

const write = (data: string, step: 'aside' | 'in'): void => writeDurably(join(data, WHOLE), step);
