const encoder = new TextEncoder();

/** UTF-8 bytes of a text. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** An unsigned integer (≤ 2^53 - 1) as 8 bytes, big-endian. */
export function u64(value: number): Uint8Array {
  const out = new Uint8Array(8);
  const view = new DataView(out.buffer);
  view.setUint32(0, Math.floor(value / 0x1_0000_0000));
  view.setUint32(4, value >>> 0);
  return out;
}

/**
 * The bytes that are hashed or signed: every field preceded by its length (8 bytes, big-endian).
 * Texts go in as UTF-8, numbers as 8-byte integers. The first field is always a domain
 * `commonhold/<thing>/1`, so that no signature can stand for another kind of thing.
 */
export function frame(...fields: (string | number | Uint8Array)[]): Uint8Array {
  const parts = fields.map((f) => (typeof f === 'string' ? utf8(f) : typeof f === 'number' ? u64(f) : f));
  let size = 0;
  for (const part of parts) size += 8 + part.length;
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at + 4, part.length);
    out.set(part, at + 8);
    at += 8 + part.length;
  }
  return out;
}
