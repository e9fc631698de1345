import { no, yes, type Result } from '../result.ts';
import type { KeyLogDevice, KeyLogState } from './state.ts';

// The device of a house has write alone; a person's own devices have more.
const isPod = (device: KeyLogDevice): boolean => device.capabilities.length === 1 && device.capabilities[0] === 'write';

/** Moving house: pod devices from before the last set-home are the old house's and fall; newer ones are the new house's. */
export function setHome(state: KeyLogState, house: string, by: string): KeyLogState {
  const { height, home, homeSetAt } = state;
  const devices = new Map(state.devices);
  for (const [key, device] of state.devices) {
    const ofOldHouse = homeSetAt !== null && device.addedAt < homeSetAt;
    if (ofOldHouse && isPod(device) && device.revokedAt === undefined) devices.set(key, { ...device, revokedAt: height, revokedBy: by });
  }
  const homeBefore = homeSetAt === null ? null : { house: home!, setAt: homeSetAt };
  return { ...state, devices, home: house, homeSetAt: height, homeBy: by, homeBefore };
}

/**
 * Takes back the set-home right before: the old house is home again, its pod devices may write again, the new one's fall.
 * Codes: revert_nothing, revert_final (recovery moved), revert_own (the device that moved may not revert).
 */
export function revertHome(state: KeyLogState, by: string): Result<KeyLogState> {
  const { height, homeSetAt, homeBy, homeBefore } = state;
  if (homeBefore === null || homeSetAt !== height - 1) return no('revert_nothing', 'A revert follows right upon the move that it reverts.', 'statement');
  if (!state.devices.has(homeBy!)) return no('revert_final', 'A move by recovery is final.', 'statement');
  if (by === homeBy) return no('revert_own', 'The device that moved the pod cannot revert it.', 'statement.by');
  const devices = new Map(state.devices);
  for (const [key, device] of state.devices) {
    if (device.revokedAt === homeSetAt) devices.set(key, restored(device));
    else if (isPod(device) && device.addedAt > homeBefore.setAt && device.revokedAt === undefined) {
      devices.set(key, { ...device, revokedAt: height, revokedBy: by });
    }
  }
  return yes({ ...state, devices, home: homeBefore.house, homeSetAt: height, homeBy: by, homeBefore: null });
}

function restored({ revokedAt: _, revokedBy: __, ...device }: KeyLogDevice): KeyLogDevice {
  return device;
}
