import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, Refusal } from '@commonhold/core';
import { writeDurably } from '../config/durably.ts';
import { VERSION } from '../version.ts';
import { OURS } from './format.ts';
import { beforeUpgrade, nothingBefore, undoUpgrade, type Before } from './upgrade.ts';

/** Says that this folder is to stay what it was before the upgrade to these schemas. */
const HELD = 'upgrade.held';

/** What the running program is, and the way back. */
export interface Program {
  version: string;
  before(): Before | null;
  /** Goes back: the house closes, and stays closed until the version from before is started. Refuses `nothing_before`. */
  back(): void;
}

/** Of an open house; `whole` has it closed and opened anew. */
export const programOf = (data: string, whole: () => void): Program => ({
  version: VERSION,
  before: () => beforeUpgrade(data),
  back: () => {
    if (!beforeUpgrade(data)) throw nothingBefore();
    writeDurably(join(data, HELD), JSON.stringify(OURS));
    // A turn later, so that whoever asked has an answer.
    setImmediate(whole);
  },
});

/** Whether a folder is to be, or is, what it was before the upgrade to this program. */
export const isHeld = (data: string): boolean => {
  try {
    const held: unknown = JSON.parse(readFileSync(join(data, HELD), 'utf8'));
    return isObject(held) && (['house', 'log', 'pod'] as const).every((kind) => held[kind] === OURS[kind]);
  } catch { return false; }
};

/**
 * Before a folder is opened: goes back where that was asked for, and refuses (`held_back`) to take the upgrade in again by itself.
 * `again`: it was asked for.
 */
export function heedHeld(data: string, again: boolean): void {
  if (!existsSync(join(data, HELD)) || !isHeld(data)) return;
  const before = beforeUpgrade(data);
  if (before) undoUpgrade(data);
  if (again) { rmSync(join(data, HELD), { force: true }); return; }
  throw new Refusal('unavailable', 'held_back', `This folder went back to what it was before the upgrade to Commonhold ${VERSION}. Start the version from before${before ? ` (${before.program}), like: npx commonhold@${before.program} start` : ''}. To take the upgrade in after all: commonhold start --upgrade`);
}
