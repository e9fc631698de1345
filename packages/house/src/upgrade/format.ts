import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, Refusal } from '@commonhold/core';
import { writeDurably } from '../config/durably.ts';
import { LOG_STEPS, POD_STEPS } from '../firewall/upgrade.ts';
import { HOUSE_STEPS } from '../household/seats.ts';
import { openReadOnly, schemaSteps } from '../sqlite/read-only.ts';
import { VERSION } from '../version.ts';

/** The format of a data folder: how many steps the schema of each kind of file has had, and which program says so. */
export interface Format { v: 1; program: string; house: number; log: number; pod: number }

const FILE = 'format.json';
const KINDS = ['house', 'log', 'pod'] as const;

/** What this program reads and writes. */
export const OURS: Format = { v: 1, program: VERSION, house: HOUSE_STEPS, log: LOG_STEPS, pod: POD_STEPS };

/** What a folder says of its format; a file that says nothing sensible counts as none. */
export function readFormat(data: string): Format | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(data, FILE), 'utf8'));
    return isObject(value) && KINDS.every((kind) => Number.isSafeInteger(value[kind])) ? { v: 1, program: String(value['program']), ...value } as Format : null;
  } catch { return null; }
}

/** Says that the folder is of this program's format. */
export function writeFormat(data: string): void {
  const now = readFormat(data);
  if (!now || KINDS.some((kind) => now[kind] !== OURS[kind])) writeDurably(join(data, FILE), JSON.stringify(OURS));
}

/** All files with a schema of ours in a folder, below it. */
export function filesIn(data: string): { path: string; kind: (typeof KINDS)[number] }[] {
  const pods = existsSync(join(data, 'pods')) ? readdirSync(join(data, 'pods')).filter((name) => name.endsWith('.db')) : [];
  return [{ path: 'house.db', kind: 'house' as const }, { path: 'log.db', kind: 'log' as const }, ...pods.map((name) => ({ path: `pods/${name}`, kind: 'pod' as const }))].filter(({ path }) => existsSync(join(data, path)));
}

/** Which newer program wrote what lies in a folder, or null; only by what the folder says of itself. */
export function newerIn(folder: string): string | null {
  const said = readFormat(folder);
  return said && KINDS.some((kind) => said[kind] > OURS[kind]) ? said.program : null;
}

/** Whether a folder is older than this program. Refuses (`newer_data`) one that a newer program wrote. */
export function isOlder(data: string): boolean {
  if (!existsSync(join(data, 'house.db'))) return false;
  const said = readFormat(data);
  const found: readonly (readonly [(typeof KINDS)[number], number])[] = said ? KINDS.map((kind) => [kind, said[kind]]) : filesIn(data).map(({ path, kind }) => [kind, stepsOf(join(data, path)) ?? OURS[kind]]);
  if (found.some(([kind, steps]) => steps > OURS[kind])) throw newer(said?.program);
  return found.some(([kind, steps]) => steps < OURS[kind]);
}

// A damaged file says nothing; whoever opens it says that.
function stepsOf(path: string): number | null {
  let db;
  try {
    db = openReadOnly(path);
    return schemaSteps(db);
  } catch { return null; } finally { db?.close(); }
}

const newer = (program: string | undefined): Refusal => new Refusal('unavailable', 'newer_data',
  `This data folder was written by a newer Commonhold${program === undefined ? '' : ` (${program})`}; this is ${VERSION}. Nothing was changed. Start the newer version, or go back to what the folder was before its upgrade, while that is kept: npx commonhold restore --before-upgrade`);
