import { join } from 'node:path';

/** The folder of a pod's blobs, beside its file. */
export const shelfOf = (podFile: string): string => `${podFile.replace(/\.db$/, '')}.blobs`;

const PART = /^[0-9a-f-]{36}\.part$/;
const NAME = /^[0-9a-f]{64}$/;

/** A file that is still being received; what is left of one after a crash is nobody's. */
export const isPart = (name: string): boolean => PART.test(name);

/** Where a blob lies in its folder: in hex, since not every file system tells capitals apart. */
export function placeOf(folder: string, blob: string): string {
  const hex = Buffer.from(blob, 'base64url').toString('hex');
  return join(folder, hex.slice(0, 2), hex);
}

/** The blob whose file this is, or null for a file that is none. */
export const blobAt = (sub: string, name: string): string | null =>
  (NAME.test(name) && name.startsWith(sub) && sub.length === 2 ? Buffer.from(name, 'hex').toString('base64url') : null);
