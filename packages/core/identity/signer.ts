import { no, yes, type Result } from '../result.ts';
import type { Capability, LaterStatement } from './statement.ts';
import type { KeyLogState } from './state.ts';

const RECOVERY_ALONE: readonly string[] = ['rotate-recovery', 'retire'];

/**
 * Whether the key that a statement names may sign it in this state.
 * Codes: signer_rotated, signer_unknown, signer_revoked, signer_not_manage, signer_not_recovery.
 */
export function checkSigner(state: KeyLogState, { by, type }: LaterStatement): Result<true> {
  const at = 'statement.by';
  if (by === state.recoveryKey) return yes(true);
  if (state.pastRecoveryKeys.includes(by)) return no('signer_rotated', 'This recovery key was rotated out.', at);
  const device = state.devices.get(by);
  if (!device) return no('signer_unknown', 'The signer is neither the recovery key nor a device.', at);
  if (device.revokedAt !== undefined) return no('signer_revoked', 'The signing device was revoked.', at);
  if (!device.capabilities.includes('manage')) return no('signer_not_manage', 'The signing device may not write the key log.', at);
  // A thief with a managing phone must not be able to put the owner's words out, or to end the persona.
  if (RECOVERY_ALONE.includes(type)) return no('signer_not_recovery', 'Only the recovery key may say this.', at);
  return yes(true);
}

/** What a signature needs of its signer: that `device` had `capability` when the log's head was `head`. */
export function mayAt(state: KeyLogState, device: string, capability: Capability, head: string): Result<number> {
  const height = state.heads.indexOf(head);
  if (height < 0) return no('head_unknown', 'The key log never had this head.', 'keyLogHead');
  const known = state.devices.get(device);
  if (!known || known.addedAt > height) return no('device_unknown', 'The device was not in the key log then.', 'device');
  if (known.revokedAt !== undefined && known.revokedAt <= height) return no('device_revoked', 'The device was revoked then.', 'device');
  if (!known.capabilities.includes(capability)) return no('device_not_capable', `The device may not ${capability}.`, 'device');
  return yes(height);
}
