import { Refusal, utf8 } from '@commonhold/core';
import type { Settings } from '../settings.ts';
import { CHALLENGE_MS } from './challenges.ts';
import { ALGORITHMS, library, PER_PERSON, type PasskeyDeps, type Place } from './ports.ts';

/** Who asks for a passkey, and where. */
export interface OptionsInput { persona: string; handle: string; name: string; place: Place }

/** WebAuthn options for making a passkey, good for 5 minutes and one answer. Refuses `passkeys_full`. */
export function makePasskeyOptions({ db, challenges, settings }: PasskeyDeps & { settings: Settings }): (input: OptionsInput) => Promise<object> {
  const mine = db.prepare<{ id: string }>('SELECT credential AS id FROM passkeys WHERE persona = ?');
  return async ({ persona, handle, name, place: { rp } }) => {
    const known = mine.all(persona);
    if (known.length >= PER_PERSON) throw passkeysFull();
    const { generateRegistrationOptions } = await library();
    return generateRegistrationOptions({
      rpName: settings.get('title') ?? 'Commonhold', rpID: rp, userID: new Uint8Array(utf8(persona)), userName: handle, userDisplayName: name,
      challenge: challenges.issue({ kind: 'add', persona, rp }), timeout: CHALLENGE_MS, attestationType: 'none', excludeCredentials: known,
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' }, supportedAlgorithmIDs: ALGORITHMS,
    });
  };
}

/** The refusal of one too many. */
export const passkeysFull = (): Refusal =>
  new Refusal('conflict', 'passkeys_full', `You have ${PER_PERSON} passkeys. Remove one that you no longer use first.`);
