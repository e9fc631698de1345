import type { Entry, PersonInput } from './enter.ts';
import type { Gates } from './gates.ts';
import type { Welcome } from './ports.ts';

/** Joining by an invite. */
export interface JoinInput { invite: string; person: PersonInput; keyLog?: unknown; label?: string; from: string }

/** Joins the house; one use of the invite goes with the reservation. */
export function makeJoin({ gates, enter }: { gates: Gates; enter: (entry: Entry) => Promise<Welcome> }): (input: JoinInput) => Promise<Welcome> {
  return async ({ invite: typed, person, keyLog, label, from }) => {
    const invite = gates.invite(typed, from);
    return enter({ gate: invite.invite, person, keyLog, role: 'member', invite, ...(label !== undefined && { label }), also: () => {} });
  };
}
