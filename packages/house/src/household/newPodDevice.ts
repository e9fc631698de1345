import { podDeviceKey } from './podDevice.ts';
import type { Suite } from '@commonhold/core';
import type { Sqlite } from '../sqlite/port.ts';

/** Gives a pod a device of its own anew (of that salt), in a house.db that nobody else has open: `keep` writes it down. Answers the public key, base64url. */
export function newPodDevice(suite: Suite, secret: Uint8Array, { persona, salt }: { persona: string; salt: Uint8Array }): { device: string; keep(db: Sqlite): void } {
  const device = podDeviceKey(suite, secret, salt);
  return { device, keep: (db) => { db.prepare('UPDATE people SET key_salt = ?, device = ? WHERE persona = ?').run(salt, device, persona); } };
}
