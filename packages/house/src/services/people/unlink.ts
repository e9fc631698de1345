import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { between } from './links.ts';
import { PEOPLE, type Relation } from './types.ts';

/** Ends one relation of the caller's own to somebody; fine when there is none. */
export async function unlink(gate: Gate, caller: Caller & { persona: string }, persona: string, relation: Relation): Promise<void> {
  await gate.transact(caller, caller.persona, PEOPLE, (tx) => { between(gate, tx, caller, persona).drop('links', relation); });
}
