import { no, yes, type Result } from '../result.ts';
import { revertHome, setHome } from './home.ts';
import type { AddDevice, LaterStatement, RevokeDevice, RotateRecovery } from './statement.ts';
import type { KeyLogDevice, KeyLogState } from './state.ts';

/**
 * What an entitled statement changes; `state` has moved on to its height already.
 * Codes: key_reused, device_exists, device_unknown, device_revoked, and those of `revertHome`.
 */
export function apply(state: KeyLogState, statement: LaterStatement): Result<KeyLogState> {
  switch (statement.type) {
    case 'add-device': return addDevice(state, statement);
    case 'revoke-device': return revokeDevice(state, statement);
    case 'rotate-recovery': return rotateRecovery(state, statement);
    case 'set-home': return yes(setHome(state, statement.house, statement.by));
    case 'revert-home': return revertHome(state, statement.by);
    case 'retire': return yes({ ...state, retired: true });
  }
}

const wasRecovery = (state: KeyLogState, key: string): boolean =>
  key === state.recoveryKey || state.pastRecoveryKeys.includes(key);

function addDevice(state: KeyLogState, { device: key, capabilities, label }: AddDevice): Result<KeyLogState> {
  const at = 'statement.device';
  if (wasRecovery(state, key)) return no('key_reused', 'A recovery key may not be a device key.', at);
  if (state.devices.has(key)) return no('device_exists', 'This device was added before; a revoked one never returns.', at);
  const device: KeyLogDevice = { capabilities, addedAt: state.height, ...(label === undefined ? {} : { label }) };
  return yes({ ...state, devices: new Map(state.devices).set(key, device) });
}

function revokeDevice(state: KeyLogState, { device: key, by }: RevokeDevice): Result<KeyLogState> {
  const device = state.devices.get(key);
  if (!device) return no('device_unknown', 'There is no such device to revoke.', 'statement.device');
  if (device.revokedAt !== undefined) return no('device_revoked', 'This device was revoked before.', 'statement.device');
  const revoked: KeyLogDevice = { ...device, revokedAt: state.height, revokedBy: by };
  return yes({ ...state, devices: new Map(state.devices).set(key, revoked) });
}

function rotateRecovery(state: KeyLogState, { recoveryKey }: RotateRecovery): Result<KeyLogState> {
  if (wasRecovery(state, recoveryKey) || state.devices.has(recoveryKey)) {
    return no('key_reused', 'A new recovery key must never have been used here.', 'statement.recoveryKey');
  }
  return yes({ ...state, recoveryKey, pastRecoveryKeys: [...state.pastRecoveryKeys, state.recoveryKey] });
}
