import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  fromBase64Url, inception, newRecovery, recoverySeed, Refusal, signStatement, toBase64Url, verifyKeyLog,
  type Signed, type Suite,
} from '@commonhold/core';
import { writeDurably } from './durably.ts';

/** What only the house may know, out of `secrets.json` (0600). */
export interface Secrets {
  /** 32 bytes from which the pod devices are derived. */
  readonly house: Uint8Array;
  /** Ed25519 seed of the house's own device. */
  readonly deviceSeed: Uint8Array;
  /** The house's own persona id and key log. */
  readonly persona: string;
  readonly keyLog: readonly Signed[];
  /** The house's recovery entropy (32 bytes) until the steward has written the words down, then null. */
  readonly recoveryEntropy: Uint8Array | null;
  /** 32 bytes under which backups are encrypted; made at their first use, and on disk then. */
  backupKey(): Uint8Array;
  /** Erases the recovery entropy from this machine, durably. */
  forgetRecovery(): void;
}

interface Stored { v: 1; house: string; deviceSeed: string; keyLog: Signed[]; recovery?: string; backup?: string }

/**
 * Reads the secrets of a data folder, or makes them at first boot: the file is there whole or not at all.
 * Refuses (`bad_secrets`) a file that is damaged rather than make new keys over old data.
 */
export function openSecrets(folder: string, suite: Suite): Secrets {
  const path = join(folder, 'secrets.json');
  let stored = read(path);
  if (!stored) {
    stored = makeSecrets(suite);
    writeDurably(path, JSON.stringify(stored));
  }
  return unpack(path, stored, suite);
}

function makeSecrets(suite: Suite): Stored {
  const deviceSeed = suite.random(32);
  const { entropy } = newRecovery(suite);
  const recovery = recoverySeed(entropy);
  const first = inception({
    recoveryKey: toBase64Url(suite.publicKey(recovery)), deviceKey: toBase64Url(suite.publicKey(deviceSeed)), nonce: toBase64Url(suite.random(16)),
  });
  return {
    v: 1, house: toBase64Url(suite.random(32)), deviceSeed: toBase64Url(deviceSeed),
    keyLog: [signStatement(suite, first, [recovery, deviceSeed])], recovery: toBase64Url(entropy),
  };
}

function unpack(path: string, stored: Stored, suite: Suite): Secrets {
  const house = fromBase64Url(stored.house, 32);
  const deviceSeed = fromBase64Url(stored.deviceSeed, 32);
  const log = verifyKeyLog(suite, stored.keyLog);
  if (!house || !deviceSeed || !log.ok || !log.value.devices.has(toBase64Url(suite.publicKey(deviceSeed)))) throw damaged(path);
  let kept = stored;
  const keep = (next: Stored): void => { writeDurably(path, JSON.stringify(next)); kept = next; };
  let entropy = stored.recovery === undefined ? null : fromBase64Url(stored.recovery, 32);
  return {
    house, deviceSeed, persona: log.value.persona, keyLog: stored.keyLog,
    backupKey() {
      if (kept.backup === undefined) keep({ ...kept, backup: toBase64Url(suite.random(32)) });
      return fromBase64Url(kept.backup!, 32) ?? fail(path);
    },
    get recoveryEntropy() { return entropy; },
    forgetRecovery() {
      const { recovery: _gone, ...rest } = kept;
      keep(rest);
      entropy = null;
    },
  };
}

function read(path: string): Stored | null {
  let text: string;
  try { text = readFileSync(path, 'utf8'); } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw damaged(path, error);
  }
  try {
    const stored = JSON.parse(text) as Stored;
    if (stored.v === 1 && typeof stored.house === 'string' && typeof stored.deviceSeed === 'string' && Array.isArray(stored.keyLog)) return stored;
  } catch (error) { throw damaged(path, error); }
  throw damaged(path);
}

function fail(path: string): never { throw damaged(path); }

const damaged = (path: string, cause?: unknown): Refusal =>
  new Refusal('unavailable', 'bad_secrets', `${path} cannot be read or is damaged. Without it this house cannot act for its people: restore it from a backup.`, { cause });
