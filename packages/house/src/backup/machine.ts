import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '@commonhold/core';

/** This data folder, told from copies of it: never part of a backup. */
export interface Machine {
  id: string;
  /** It was restored here, and takes over the place from the machine that made the backup. */
  readonly claims: boolean;
  /** It has taken over. */
  claimed(): void;
}

const FILE = 'backup.here.json';

/** Reads who this folder is, or says so for good. */
export function openMachine(data: string): Machine {
  const path = join(data, FILE);
  const write = (id: string, claims: boolean): void => writeFileSync(path, JSON.stringify({ id, claims }), { mode: 0o600 });
  let stored: unknown = null;
  try { stored = JSON.parse(readFileSync(path, 'utf8')); } catch { /* made below */ }
  const known = isObject(stored) && typeof stored['id'] === 'string' && /^[0-9a-f]{16}$/.test(stored['id']) ? { id: stored['id'], claims: stored['claims'] === true } : null;
  const { id } = known ?? { id: randomBytes(8).toString('hex') };
  let claims = known?.claims ?? false;
  if (!known) write(id, claims);
  return { id, get claims() { return claims; }, claimed: () => { claims = false; write(id, false); } };
}

/** Says that the house in this folder was restored just now. */
export const restoredHere = (data: string): void => writeFileSync(join(data, FILE), JSON.stringify({ id: randomBytes(8).toString('hex'), claims: true }), { mode: 0o600 });
