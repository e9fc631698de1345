import { Refusal, toBase64Url, utf8 } from '@commonhold/core';
import { challengeEnded, judged } from './judged.ts';
import { passkeysFull } from './passkeyOptions.ts';
import { ALGORITHMS, library, PER_PERSON, type MadePasskey, type PasskeyDeps, type PasskeyLine, type Place } from './ports.ts';

/** A passkey just made, and what to call it. */
export interface AddInput { persona: string; response: MadePasskey; label: string; place: Place }

/**
 * Adds a passkey to whoever asked for its challenge. Refuses `challenge_ended`, `bad_passkey` (it does not fit what
 * was asked, or this place), `passkey_known` (whoever has it), `passkeys_full`.
 */
export function makeAddPasskey({ db, suite, clock, challenges }: PasskeyDeps): (input: AddInput) => Promise<Omit<PasskeyLine, 'used'>> {
  const insert = db.prepare(`INSERT INTO passkeys (credential, id, persona, address, label, public_key, counter, created)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (credential) DO NOTHING`);
  const count = db.prepare<{ n: number }>('SELECT count(*) AS n FROM passkeys WHERE persona = ?');
  return async ({ persona, response, label: typed, place: { origin, rp } }) => {
    const { verifyRegistrationResponse } = await library();
    const { answer, challenge } = await judged(
      (challenge) => challenges.stands(challenge, { kind: 'add', persona, rp }),
      (expectedChallenge) => verifyRegistrationResponse({ response, expectedChallenge, expectedOrigin: origin, expectedRPID: rp, supportedAlgorithmIDs: ALGORITHMS }),
      badPasskey,
    );
    if (!answer.verified) throw badPasskey();
    const { id: credential, publicKey, counter } = answer.registrationInfo.credential;
    // A credential's own id may be too long for an address.
    const id = toBase64Url(suite.sha256(utf8(credential)));
    const label = [...typed.trim()].slice(0, 64).join('');
    const created = clock();
    db.transaction(() => {
      // Asked again here, where nothing comes between: two answers to one challenge may be under way at once.
      if (!challenges.stands(challenge, { kind: 'add', persona, rp })) throw challengeEnded();
      if (count.get(persona)!.n >= PER_PERSON) throw passkeysFull();
      if (insert.run(credential, id, persona, rp, label, publicKey, counter, created).changes === 0) {
        throw new Refusal('conflict', 'passkey_known', 'This passkey opens a pod of this house already.');
      }
      challenges.spend(challenge);
    });
    return { id, label, created, address: rp };
  };
}

const badPasskey = (cause?: unknown): Refusal =>
  new Refusal('invalid', 'bad_passkey', 'This passkey does not fit what the house asked for.', { field: 'response', cause });
