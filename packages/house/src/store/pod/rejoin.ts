import type { Contract, Json } from '@commonhold/core';
import { append } from './append.ts';
import { joinContract } from './join-contract.ts';
import type { Pen } from './draft.ts';
import { loadPersonas, ownerOf } from './open.ts';
import { signHeads } from './sign-heads.ts';
import { writeLocal } from './write-local.ts';
import type { Pod } from './pod.ts';
import type { PersonaState } from './types.ts';
import { storageRefusal } from '../../sqlite/storage-refusal.ts';

/** A contract that every pod of a house has joined, with the hashes of its earlier versions. */
export interface StandingContract { service: string; hash: string; text: string; earlier: readonly string[] }

/**
 * Brings a pod that was made under earlier versions to the current contracts: a new joined statement for each, all in one
 * transaction. Earlier texts and statements stay, since records name them. A contract that is neither current nor listed is
 * left alone. Throws `storage_*` refusals, and nothing has changed then.
 */
export function rejoin(pod: Pod, pen: Pen, contracts: readonly StandingContract[]): void {
  const due = [ownerOf(pod)].filter((persona) => persona !== undefined).filter(mayWrite)
    .flatMap((persona) => contracts.filter((contract) => isDue(persona, contract)).map((contract) => ({ persona, contract })));
  if (due.length === 0) return;
  try {
    pod.db.transaction(() => {
      for (const { persona, contract } of due) {
        pod.sql.keepContract.run(persona.ref, contract.service);
        joinContract(pod, persona, pen, contract);
        for (const collection of localIn(contract)) moveOver(pod, persona, pen, { service: contract.service, collection });
      }
      signHeads(pod, pen);
    });
    // Nobody listens yet: whoever is behind reads the rows.
    pod.changes = [];
  } catch (error) {
    loadPersonas(pod, pen);
    throw storageRefusal(error);
  }
}

function localIn({ text }: StandingContract): string[] {
  const { collections = {} } = JSON.parse(text) as Partial<Contract>;
  return Object.entries(collections).filter(([, { kind }]) => kind === 'local').map(([name]) => name);
}

/** What a collection held as signed records lies among the local ones from now on; the signed ones are removed, which erases them. */
function moveOver(pod: Pod, persona: PersonaState, pen: Pen, of: { service: string; collection: string }): void {
  for (const { key, body, audience } of pod.sql.rows.all(persona.ref, of.service, of.collection)) {
    append(pod, persona, pen, { ...of, key, audience, op: 'remove' });
    writeLocal(pod, persona, pen, { ...of, key, op: 'put', body: JSON.parse(body ?? 'null') as Json });
  }
}

function isDue({ contracts }: PersonaState, { service, hash, earlier }: StandingContract): boolean {
  const joined = contracts.get(service);
  return joined === undefined || (joined.hash !== hash && earlier.includes(joined.hash));
}

// A joined statement of a device that may not write would be worth nothing.
function mayWrite({ keyLog, device }: PersonaState): boolean {
  const known = keyLog.devices.get(device);
  return !keyLog.retired && known !== undefined && known.revokedAt === undefined && known.capabilities.includes('write');
}
