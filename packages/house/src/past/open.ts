import { join } from 'node:path';
import { createHmac } from 'node:crypto';
import type { Firewall } from '../firewall/index.ts';
import type { Household } from '../household/household.ts';
import type { Microblog } from '../services/microblog/index.ts';
import { makeBringName } from './bring-name.ts';
import { makeBringPod } from './bring-pod.ts';
import { csvOf, type CsvList } from './csv.ts';
import { makeImports, type Imports } from './imports.ts';
import type { Caller } from '../firewall/caller.ts';
import type { ZipFile } from '../archive/index.ts';

type ImportDeps = Parameters<typeof makeImports>[0];

/** The parts of an open house that carry things out and in. */
export interface Carriers extends Omit<ImportDeps, 'folder' | 'bringPod' | 'bringName' | 'isResident' | 'keyOf' | 'origin' | 'household' | 'microblog'> {
  config: { data: string }; household: Household; microblog: Microblog; firewall: Pick<Firewall, 'bringIn' | 'exportFiles' | 'joining'>; secrets: { house: Uint8Array };
}

/** Imports of an open house. `origin`: the address under which people know it. */
export function importsOf(house: Carriers, origin: () => string): Imports {
  const { config, household, firewall, suite, secrets, microblog } = house;
  return makeImports({
    ...house, origin, folder: join(config.data, 'bringing'), isResident: (persona) => household.personOf(persona) !== null,
    // Nobody who reads a key can tell from it what a post was called elsewhere.
    keyOf: (persona, kind, id) => createHmac('sha256', secrets.house).update(JSON.stringify(['commonhold/brought/1', persona, kind, id])).digest().subarray(0, 16).toString('base64url'),
    bringPod: makeBringPod({ bringIn: firewall.bringIn, joining: firewall.joining, suite, hush: microblog.hush }), bringName: makeBringName({ bringIn: firewall.bringIn, suite, joining: firewall.joining }),
  });
}

/** What leaves a house and comes in, as its doors ask for it. */
export interface Carrying { exportFiles(persona: string): Iterable<ZipFile> | null; csv(caller: Caller & { persona: string }, list: CsvList): Promise<string>; imports: Imports }

/** The same of an open house. `origin` as above. */
export function carryingOf(house: Carriers, origin: () => string): Carrying {
  return { exportFiles: house.firewall.exportFiles, csv: (caller, list) => csvOf({ ...house, origin }, caller, list), imports: importsOf(house, origin) };
}
