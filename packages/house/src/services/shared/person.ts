import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Housemates } from './housemates.ts';

/** A person as a line of a page names them. */
export interface Person { persona: string; handle: string; name: string }

// Bodies are canonical JSON, in which a quote inside a text is escaped: the pattern matches the field alone.
const NAME = /"name":("(?:[^"\\]|\\.)*")/;

/** Names a person for a caller, as the JSON text of a `Person`: by the profile where the caller may read it, else by the handle alone. */
export function makePersonOf(gate: Gate, housemates: Housemates): (caller: Caller, persona: string) => string {
  return (caller, persona) => {
    const handle = housemates.handleOf(persona) ?? '';
    const profile = gate.reader(caller, persona, 'people')?.get('profile', 'self');
    const name = profile ? NAME.exec(profile.body)?.[1] : undefined;
    return `{"persona":"${persona}","handle":"${handle}","name":${name ?? `"${handle}"`}}`;
  };
}
