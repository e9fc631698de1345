import { bytes16, bytes32, exactly, integer, personaId, version1 } from '../bytes/shape.ts';
import { publicKey } from '../identity/key.ts';
import type { KeyLogState } from '../identity/keylog.ts';
import { signUnder } from '../identity/sign.ts';
import type { Signed } from '../identity/statement.ts';
import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import { checkSignedBy, type Kind } from './signed.ts';

/**
 * How far the revoker vouches for a revoked device's lane: its first `seq` records (0: none), which hash to `chain`.
 * Signed by `by`, the key that revoked the device, and delivered only with the lane. `keyLogHead`: the revoking statement.
 */
export interface LaneClose {
  v: 1; type: 'lane-close'; persona: string; device: string; lane: string; seq: number; chain: string; by: string; keyLogHead: string;
}

const KIND: Kind = {
  domain: 'commonhold/lane-close/1',
  shape: {
    v: version1, type: exactly('lane-close'), persona: personaId, device: publicKey, lane: bytes16, seq: integer(0), chain: bytes32,
    by: publicKey, keyLogHead: bytes32,
  },
};

/** A lane-close, signed by the seed of the key that revoked the device. */
export function closeLane(suite: Suite, of: Omit<LaneClose, 'v' | 'type'>, revokerSeed: Uint8Array): Signed<LaneClose> {
  const statement: LaneClose = { v: 1, type: 'lane-close', ...of };
  return { statement, signatures: [signUnder(suite, KIND.domain, statement, revokerSeed)] };
}

/**
 * The lane-close, if the key that revoked the device signed it, at the revocation.
 * Codes: shape and signature (see spec/record.md), wrong_persona, device_unknown, device_not_revoked, head_not_revocation,
 * not_the_revoker.
 */
export function verifyLaneClose(suite: Suite, signed: unknown, keyLog: KeyLogState): Result<LaneClose> {
  const checked = checkSignedBy<LaneClose>(suite, KIND, signed, ({ by }) => by);
  if (!checked.ok) return checked;
  const close = checked.value;
  if (keyLog.persona !== close.persona) return no('wrong_persona', 'The key log is of another persona.', 'persona');
  const device = keyLog.devices.get(close.device);
  if (!device) return no('device_unknown', 'The key log does not know this device.', 'device');
  if (device.revokedAt === undefined) return no('device_not_revoked', 'Only the lanes of a revoked device are closed.', 'device');
  if (keyLog.heads[device.revokedAt] !== close.keyLogHead) return no('head_not_revocation', 'The head is the statement that revoked the device.', 'keyLogHead');
  if (device.revokedBy !== close.by) return no('not_the_revoker', 'Whoever revoked the device closes its lanes.', 'by');
  return yes(close);
}
