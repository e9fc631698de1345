import { ApiError, type Client, type NewPerson, type SignedIn, type Ticket } from '@commonhold/sdk';
import { signal, type ReadonlySignal } from '@preact/signals';
import { forget, keep, makeKeys, type Kept, type NewKeys } from '../../vault/index.ts';

/** By what somebody comes in: the house's one-time code, or an invite. */
export type By = { code: string } | { invite: string };

/** What goes to the house besides the person: the place it prepared and the key log made here. */
export interface Papers { ticket: string; keyLog: NewKeys['keyLog'] }

/** Somebody on the way in: keys made here, and one call that hands them over. */
export interface Newcomer {
  /** Null until the house has prepared a place and the keys are made. */
  readonly keys: ReadonlySignal<NewKeys | null>;
  /** Asks the house for a place and makes keys. Refused as `prepare` is. */
  start(): Promise<void>;
  /** Makes other keys, and with them another face. */
  another(): Promise<void>;
  /**
   * Keeps the keys on this device, then sends. A refusal forgets them again; silence keeps them, because the house may have said yes.
   * Throws `ApiError`, also `nothing_kept` (status 0) where this browser keeps nothing.
   */
  moveIn(person: NewPerson, send: (papers: Papers) => Promise<SignedIn>): Promise<SignedIn>;
}

/** Where keys are kept on this device. */
export interface Shelf { keep(kept: Kept): Promise<void>; forget(persona: string): Promise<void> }

/** A newcomer at the door of the house that `client` speaks to. */
export function makeNewcomer(client: Pick<Client, 'house' | 'sessions'>, by: By, shelf: Shelf = { keep, forget }): Newcomer {
  const keys = signal<NewKeys | null>(null);
  let place: Ticket | null = null;
  let unanswered = false;

  const start = async (): Promise<void> => {
    place = await client.house.prepare(by);
    keys.value = await makeKeys({ ...place, ...(keys.value && { seeds: keys.value.seeds }) });
  };
  const another = async (): Promise<void> => {
    if (place) keys.value = await makeKeys(place);
  };
  const sendOnce = async (send: (papers: Papers) => Promise<SignedIn>): Promise<SignedIn> => {
    if (!place || !keys.value) await start();
    await shelf.keep(keys.value!.kept).catch((cause: unknown) => {
      throw new ApiError(0, 'nothing_kept', 'This browser keeps nothing.', { cause });
    });
    return send({ ticket: place!.ticket, keyLog: keys.value!.keyLog });
  };
  /** The house may have taken the first try in and its answer been lost: then the same passphrase opens. */
  const alreadyIn = async ({ handle, passphrase }: NewPerson): Promise<SignedIn | null> => {
    if (!unanswered) return null;
    const signedIn = await client.sessions.start({ handle, passphrase }).catch(() => null);
    return signedIn?.persona === keys.value?.persona ? signedIn : null;
  };

  return {
    keys, start, another,
    async moveIn(person, send) {
      try {
        return await sendOnce(send);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.code === 'ticket_unknown') { await start(); return sendOnce(send); }
        if (error.status === 0) { unanswered ||= error.code === 'unreachable'; throw error; }
        const inside = await alreadyIn(person);
        if (inside) return inside;
        if (keys.value) await shelf.forget(keys.value.persona);
        throw error;
      }
    },
  };
}
