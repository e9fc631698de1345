import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';

/** May the caller see that this person is here? Whom a block parts from them is as absent as whoever never was. */
export const isSeen = (gate: Gate, caller: Caller, persona: string): boolean => Boolean(gate.reader(caller, persona, 'people')?.get('profile', 'self'));
