import { audience, bytes16, bytes32, exactly, identifier, personaId, serviceId, version1 } from '../bytes/shape.ts';
import { publicKey } from '../identity/key.ts';
import type { KeyLogState } from '../identity/keylog.ts';
import { signUnder } from '../identity/sign.ts';
import type { Signed } from '../identity/statement.ts';
import { yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import { checkByDevice, vouched, type Kind } from './signed.ts';

/** What a lane is for; delivered only with the lane, never changed. Keys and hashes: base64url. */
export interface Lane {
  v: 1; type: 'lane'; persona: string; device: string; service: string; contract: string; collection: string;
  audience: string; lane: string; keyLogHead: string;
}

const KIND: Kind = {
  domain: 'commonhold/lane/1',
  shape: {
    v: version1, type: exactly('lane'), persona: personaId, device: publicKey, service: serviceId, contract: bytes32,
    collection: identifier, audience, lane: bytes16, keyLogHead: bytes32,
  },
};

/** The announcement of a lane, signed by the device that will write it. */
export function announceLane(suite: Suite, of: Omit<Lane, 'v' | 'type'>, deviceSeed: Uint8Array): Signed<Lane> {
  const statement: Lane = { v: 1, type: 'lane', ...of };
  return { statement, signatures: [signUnder(suite, KIND.domain, statement, deviceSeed)] };
}

/**
 * The lane in a signed announcement, if a `write` device of the persona made it.
 * Codes: shape and signature (see spec/record.md), wrong_persona, head_unknown, device_unknown, device_revoked, device_not_capable.
 */
export function verifyLane(suite: Suite, signed: unknown, keyLog: KeyLogState): Result<Lane> {
  const lane = checkByDevice<Lane>(suite, KIND, signed);
  if (!lane.ok) return lane;
  const may = vouched(keyLog, lane.value.persona, lane.value, 'write');
  return may.ok ? yes(lane.value) : may;
}
