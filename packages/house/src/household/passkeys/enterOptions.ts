import { CHALLENGE_MS } from './challenges.ts';
import { library, type PasskeyDeps, type Place } from './ports.ts';

/** WebAuthn options for signing in: the same for everybody, since the passkey itself says whose it is. */
export function makeEnterOptions({ challenges }: Pick<PasskeyDeps, 'challenges'>): (place: Place) => Promise<object> {
  return async ({ rp }) => {
    const { generateAuthenticationOptions } = await library();
    return generateAuthenticationOptions({ rpID: rp, challenge: challenges.issue({ kind: 'enter', persona: '', rp }), timeout: CHALLENGE_MS, userVerification: 'required' });
  };
}
