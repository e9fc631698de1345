import type { Gates, LiveInvite } from './gates.ts';
import type { HousePerson } from './ports.ts';

/** An invite as whoever opens the link sees it. */
export interface InvitePreview { invite: string; note: string; by: { name: string; persona: string } | null; uses: number; left: number; expires: number }

/** Looks at an invite without using it up. Refuses as the gate does. */
export function makePreviewInvite({ gates, personOf }: { gates: Gates; personOf: (persona: string) => HousePerson | null }): (typed: string, from: string) => InvitePreview {
  return (typed, from) => {
    const { invite, note, by, uses, used, expires }: LiveInvite = gates.invite(typed, from);
    const host = personOf(by);
    return { invite, note, by: host && { name: host.name, persona: host.persona }, uses, left: uses - used, expires };
  };
}
