import type { LiveInvite } from './gates.ts';
import { tidyHandle, tidyName } from './handle.ts';
import type { Newcomer } from './identity.ts';
import type { Passphrases } from './passphrase.ts';
import type { Admission, Role, Welcome } from './ports.ts';
import type { Reservation, Seat } from './reserve.ts';
import type { Tickets } from './tickets.ts';

/** Who wants to live here. */
export interface PersonInput { handle: string; name: string; passphrase: string }

/** One entering, by whichever gate. */
export interface Entry { gate: string; person: PersonInput; keyLog?: unknown; label?: string; role: Role; invite: LiveInvite | null; also: () => void }

interface Steps {
  identify: (gate: string, keyLog: unknown) => Newcomer;
  passphrases: Passphrases;
  free: (handle: string) => void;
  room: () => void;
  reserve: (wish: Reservation) => Seat;
  activate: (pod: string, also: () => void) => void;
  giveBack: (pod: string) => Promise<void>;
  admission: Admission;
  tickets: Tickets;
  openSession: (persona: string, label: string, device?: string) => string;
  /** Pods being made right now: the reaper leaves them alone. */
  busy: Set<string>;
}

/**
 * What founding and joining share: reserve a seat, create the pod, activate. Killed at any moment, what is left
 * is either a person or a reservation that the reaper gives back. All that may be refused is refused before the
 * passphrase is hashed, and once more inside the reservation.
 */
export function makeEnter(steps: Steps): (entry: Entry) => Promise<Welcome> {
  const { identify, passphrases, free, room, reserve, activate, giveBack, admission, tickets, openSession, busy } = steps;
  return async ({ gate, person, keyLog, label, role, invite, also }) => {
    const handle = tidyHandle(person.handle);
    const name = tidyName(person.name);
    room();
    free(handle);
    const newcomer = identify(gate, keyLog);
    const pass = await passphrases.hash(person.passphrase);
    const seat = reserve({ newcomer, handle, name, pass, role, invite });
    busy.add(seat.pod);
    try {
      await admission.admit({ pod: seat.pod, persona: seat.persona, keyLog: newcomer.keyLog, keySalt: newcomer.keySalt, name: newcomer.isFromElsewhere ? null : name });
      activate(seat.pod, () => { also(); tickets.spend(newcomer.device); });
    } catch (error) {
      await giveBack(seat.pod);
      throw error;
    } finally { busy.delete(seat.pod); }
    const session = openSession(seat.persona, label ?? '', newcomer.browser);
    return { persona: seat.persona, handle, session, ...(newcomer.words && { words: newcomer.words }) };
  };
}
