import { bytes32, exactly, personaId, serviceId, version1 } from '../bytes/shape.ts';
import { publicKey } from '../identity/key.ts';
import type { KeyLogState } from '../identity/keylog.ts';
import { signUnder } from '../identity/sign.ts';
import type { Signed } from '../identity/statement.ts';
import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import { checkByDevice, vouched, type Kind } from './signed.ts';

/** That a device acts for a persona now: signed for one question of a service, which made up the challenge, and kept by nobody. */
export interface Present {
  v: 1; type: 'present'; persona: string; device: string; service: string; challenge: string; keyLogHead: string;
}

const KIND: Kind = {
  domain: 'commonhold/present/1',
  shape: {
    v: version1, type: exactly('present'), persona: personaId, device: publicKey, service: serviceId, challenge: bytes32, keyLogHead: bytes32,
  },
};

/** The statement, signed by a `write` device; `challenge`: 32 bytes as base64url. */
export function signPresent(suite: Suite, of: Omit<Present, 'v' | 'type'>, deviceSeed: Uint8Array): Signed<Present> {
  const statement: Present = { v: 1, type: 'present', ...of };
  return { statement, signatures: [signUnder(suite, KIND.domain, statement, deviceSeed)] };
}

/**
 * The statement, if it answers this challenge of this service and its device may write by the last statement of the key log.
 * Codes as in `verifyLane`, `wrong_challenge`, `head_not_last`.
 */
export function verifyPresent(suite: Suite, signed: unknown, { service, challenge, keyLog }: { service: string; challenge: string; keyLog: KeyLogState }): Result<Present> {
  const present = checkByDevice<Present>(suite, KIND, signed);
  if (!present.ok) return present;
  const { value } = present;
  if (value.service !== service || value.challenge !== challenge) return no('wrong_challenge', 'This answers another question.', 'challenge');
  const may = vouched(keyLog, value.persona, value, 'write');
  if (!may.ok) return may;
  return value.keyLogHead === keyLog.head ? yes(value) : no('head_not_last', 'It was signed before the last statement of the key log.', 'keyLogHead');
}
