import { Refusal } from '@commonhold/core';
import type { PersonaState } from '../store/pod/types.ts';

/**
 * Whether this house may still write as a persona. Refuses `retired`, `pod_moved` (gone; `expected` names the house where it lives now)
 * `house_device_waits` and `house_device_revoked`; reading goes on in all of them.
 */
export function checkMayWrite({ keyLog, device }: Pick<PersonaState, 'keyLog' | 'device'>, house: string): void {
  if (keyLog.retired) throw new Refusal('gone', 'retired', 'This persona has ended. What it wrote can still be read; nothing more is written.');
  if (keyLog.home !== null && keyLog.home !== house) {
    throw new Refusal('gone', 'pod_moved', 'This pod has moved to another house. It can still be read here; write there.', { expected: keyLog.home });
  }
  const known = keyLog.devices.get(device);
  if (known === undefined) throw new Refusal('denied', 'house_device_waits', 'This pod came back from a backup, and waits until its person lets this house write again, under Settings, Devices. It can be read.');
  if (known.revokedAt !== undefined || !known.capabilities.includes('write')) {
    throw new Refusal('denied', 'house_device_revoked', 'This pod no longer lets this house write. It can still be read here.');
  }
}

/** The same as a yes or no. */
export function mayWrite(state: Pick<PersonaState, 'keyLog' | 'device'>, house: string): boolean {
  try { checkMayWrite(state, house); return true; } catch { return false; }
}
