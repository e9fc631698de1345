import { bytes32, exactly, personaId, serviceId, version1 } from '../bytes/shape.ts';
import { publicKey } from '../identity/key.ts';
import type { KeyLogState } from '../identity/keylog.ts';
import { signUnder } from '../identity/sign.ts';
import type { Signed } from '../identity/statement.ts';
import { yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import { checkByDevice, vouched, type Kind } from './signed.ts';

/** That a persona joined a service under a contract; kept in the pod, shown on request, never in the key log. */
export interface Joined {
  v: 1; type: 'joined'; persona: string; device: string; service: string; contract: string; keyLogHead: string;
}

const KIND: Kind = {
  domain: 'commonhold/joined/1',
  shape: {
    v: version1, type: exactly('joined'), persona: personaId, device: publicKey, service: serviceId, contract: bytes32,
    keyLogHead: bytes32,
  },
};

/** A joined statement, signed by a `write` device. */
export function signJoined(suite: Suite, of: Omit<Joined, 'v' | 'type'>, deviceSeed: Uint8Array): Signed<Joined> {
  const statement: Joined = { v: 1, type: 'joined', ...of };
  return { statement, signatures: [signUnder(suite, KIND.domain, statement, deviceSeed)] };
}

/** The statement, if a `write` device of the persona signed it. Codes as in `verifyLane`. */
export function verifyJoined(suite: Suite, signed: unknown, keyLog: KeyLogState): Result<Joined> {
  const joined = checkByDevice<Joined>(suite, KIND, signed);
  if (!joined.ok) return joined;
  const may = vouched(keyLog, joined.value.persona, joined.value, 'write');
  return may.ok ? yes(joined.value) : may;
}
