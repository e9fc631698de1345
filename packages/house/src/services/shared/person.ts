import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Housemates } from './housemates.ts';

/** A person as a line of a page names them. */
export interface Person { persona: string; handle: string; name: string }

/** Names a person for a caller: by the profile where the caller may read it, else by the handle alone. */
export function makePersonOf(gate: Gate, housemates: Housemates): (caller: Caller, persona: string) => Person {
  return (caller, persona) => {
    const handle = housemates.handleOf(persona) ?? '';
    const profile = gate.reader(caller, persona, 'people')?.get('profile', 'self');
    const name = profile ? (JSON.parse(profile.body) as { name: string }).name : handle;
    return { persona, handle, name };
  };
}
