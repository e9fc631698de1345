import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { Refusal } from '@commonhold/core';
import { keyFor } from './keys.ts';

const compress = promisify(zstdCompress), decompress = promisify(zstdDecompress);
const NONCE = 12, TAG = 16, PLAIN = 0, PACKED = 1;
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

/** What goes into a backup is packed and encrypted by this; what comes out is checked. */
export interface Box {
  /** Name of a piece: the same for equal bytes, and nothing to whoever has no key (HMAC-SHA256, hex). */
  nameOf(bytes: Uint8Array): string;
  /** Packs and encrypts (AES-256-GCM, random nonce) what lies under `name`. */
  shut(name: string, bytes: Uint8Array): Promise<Buffer>;
  /** The bytes again, at most `most` of them. Refuses `backup_damaged` for anything else than what was shut under that name. */
  open(name: string, shut: Uint8Array, most?: number): Promise<Buffer>;
}

/** Most bytes of a list of files. */
const LIST = 2 ** 30;

/** Under a backup key (32 bytes). */
export function makeBox(backupKey: Uint8Array): Box {
  const naming = keyFor(backupKey, 'backup-name'), locking = keyFor(backupKey, 'backup-box');
  return {
    nameOf: (bytes) => createHmac('sha256', naming).update(bytes).digest('hex'),
    shut: async (name, bytes) => {
      const small = await compress(bytes, LEVEL);
      const packed = small.length < bytes.length;
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', locking, nonce).setAAD(Buffer.from(name));
      return Buffer.concat([nonce, cipher.update(Buffer.of(packed ? PACKED : PLAIN)), cipher.update(packed ? small : bytes), cipher.final(), cipher.getAuthTag()]);
    },
    open: async (name, shut, most = LIST) => {
      try {
        const decipher = createDecipheriv('aes-256-gcm', locking, shut.subarray(0, NONCE)).setAAD(Buffer.from(name)).setAuthTag(shut.subarray(-TAG));
        const inside = Buffer.concat([decipher.update(shut.subarray(NONCE, -TAG)), decipher.final()]);
        return inside[0] === PACKED ? await decompress(inside.subarray(1), { maxOutputLength: most }) : inside.subarray(1);
      } catch (cause) { throw damaged(name, cause); }
    },
  };
}

/** A piece of a backup that is not what it was. */
export const damaged = (name: string, cause?: unknown): Refusal =>
  new Refusal('unavailable', 'backup_damaged', `A piece of the backup is damaged (${name.slice(0, 24)}). What can be restored stands in an older backup, or at another place.`, { field: name, cause });
