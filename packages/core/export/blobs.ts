import { fromBase64Url, toBase64Url } from '../bytes/base64url.ts';
import type { JsonObject } from '../bytes/json.ts';
import { closed } from '../bytes/shape.ts';
import { no, yes, type Result } from '../result.ts';
import type { Hasher, Suite } from '../suite.ts';
import { BLOB } from './shapes.ts';

/** Bytes of each part of a blob but its last, and the most parts that one has. */
export const BLOB_PART = { bytes: 2 ** 20, most: 64 } as const;

interface Open { name: string; part: number; parts: number; hash: Hasher }

/** The blobs of an export as their lines come: memory grows with how many there are, not with their bytes. */
export interface BlobReading {
  /** Blobs that came whole, and their bytes. */
  readonly count: number;
  readonly bytes: number;
  /** True while a blob lacks parts. */
  readonly isOpen: boolean;
  has(service: string, blob: string): boolean;
  /** Takes one line; codes: those of closed fields, contract_missing, blob_part, blob_twice, blob_hash. */
  feed(line: JsonObject): Result<unknown>;
}

/** `knows`: is there a contract of this service in the file so far? */
export function readBlobs(suite: Suite, knows: (service: string) => boolean): BlobReading {
  const whole = new Set<string>();
  let open: Open | null = null;
  let bytes = 0;
  const begin = (name: string, parts: number): Result<Open> => {
    if (open) return no('blob_part', 'The blob before this one lacks parts.', 'blob');
    return whole.has(name) ? no('blob_twice', 'This blob came before.', 'blob') : yes({ name, part: 0, parts, hash: suite.hasher() });
  };
  const follow = (name: string, part: number, parts: number): Result<Open> =>
    (open && open.name === name && open.parts === parts && open.part === part - 1 ? yes(open) : no('blob_part', 'This is not the next part of the blob.', 'part'));
  return {
    get count() { return whole.size; },
    get bytes() { return bytes; },
    get isOpen() { return open !== null; },
    has: (service, blob) => whole.has(`${service} ${blob}`),
    feed: (line) => {
      const shape = closed(line, BLOB);
      if (!shape.ok) return shape;
      const { service, blob, part, parts, data } = line as { service: string; blob: string; part: number; parts: number; data: string };
      if (!knows(service)) return no('contract_missing', 'No contract of this service is in the file.', 'service');
      const name = `${service} ${blob}`;
      const found = part === 1 ? begin(name, parts) : follow(name, part, parts);
      if (!found.ok) return found;
      const piece = fromBase64Url(data)!;
      const fits = part < parts ? piece.length === BLOB_PART.bytes : part === parts && piece.length > 0 && piece.length <= BLOB_PART.bytes;
      if (!fits || parts > BLOB_PART.most) return no('blob_part', 'A part has another size, or there are too many.', 'data');
      open = found.value;
      open.part = part;
      open.hash.update(piece);
      bytes += piece.length;
      if (part < parts) return shape;
      if (toBase64Url(open.hash.digest()) !== blob) return no('blob_hash', 'The bytes are not those of the blob.', 'data');
      whole.add(name);
      open = null;
      return shape;
    },
  };
}
