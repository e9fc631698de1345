import { Refusal, utf8, toBase64Url } from '@commonhold/core';
import type { HouseholdDeps, Welcome } from '../ports.ts';
import type { Sessions } from '../sessions.ts';
import { challengeEnded, judged } from './judged.ts';
import { library, type PasskeyDeps, type Place, type UsedPasskey } from './ports.ts';

/** A login by passkey. */
export interface PasskeyLogin { response: UsedPasskey; label?: string; place: Place }

interface Row { persona: string; handle: string; key: Uint8Array<ArrayBuffer>; counter: number }

/**
 * Logs in by a passkey. Refuses `challenge_ended`, and `passkey_wrong` for everything else alike: unknown, of another
 * address, of another person, a signature that does not fit, a counter that went back (there is a copy of it).
 * The owner's access log tells of it where there is an owner.
 */
export function makeCreatePasskeySession(deps: PasskeyDeps & Pick<HouseholdDeps, 'noteGuess'> & { sessions: Sessions }): (input: PasskeyLogin) => Promise<Welcome> {
  const { db, clock, challenges, sessions, noteGuess } = deps;
  const find = db.prepare<Row>(`SELECT k.persona, p.handle, k.public_key AS key, k.counter FROM passkeys k JOIN people p ON p.persona = k.persona
    WHERE k.credential = ? AND k.address = ? AND p.state = 'active'`);
  const touch = db.prepare('UPDATE passkeys SET used = ?, counter = ? WHERE credential = ? AND (counter < ? OR (counter = 0 AND ? = 0))');
  return async ({ response, label, place: { origin, rp } }) => {
    const row = find.get(response.id, rp);
    const wrong = (cause?: unknown): Refusal => {
      if (row) noteGuess(row.persona, 'session', 'wrong_passkey');
      return new Refusal('unauthenticated', 'passkey_wrong', 'This passkey does not open anything here.', { cause });
    };
    const { userHandle } = response.response;
    if (!row || (userHandle !== undefined && userHandle !== toBase64Url(utf8(row.persona)))) throw wrong();
    const { verifyAuthenticationResponse } = await library();
    const purpose = { kind: 'enter', persona: '', rp } as const;
    const { answer, challenge } = await judged((given) => challenges.stands(given, purpose), (expectedChallenge) => verifyAuthenticationResponse({
      response, expectedChallenge, expectedOrigin: origin, expectedRPID: rp, credential: { id: response.id, publicKey: row.key, counter: row.counter },
    }), wrong);
    if (!answer.verified) throw wrong();
    const { newCounter } = answer.authenticationInfo;
    // From here on nothing comes between: of two answers to one challenge, or with one counter, the second is refused.
    if (!challenges.stands(challenge, purpose)) throw challengeEnded();
    if (touch.run(clock(), newCounter, response.id, newCounter, newCounter).changes === 0) throw wrong();
    challenges.spend(challenge);
    return { persona: row.persona, handle: row.handle, session: sessions.open(row.persona, label ?? '') };
  };
}
