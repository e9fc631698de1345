const encoder = new TextEncoder();
const SHORT = 64;

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  if (text.length > SHORT) return encoder.encode(text);
  // Domains, ids and names are short ASCII, and the encoder costs more to call than they take to copy.
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return encoder.encode(text);
    out[i] = code;
  }
  return out;
}

/** An unsigned integer (≤ 2^53 - 1) as 8 bytes, big-endian. */
export function u64(value: number): Uint8Array {
  const out = new Uint8Array(8);
  putU32(out, 0, Math.floor(value / 0x1_0000_0000));
  putU32(out, 4, value);
  return out;
}

function putU32(out: Uint8Array, at: number, value: number): void {
  out[at] = value >>> 24;
  out[at + 1] = value >>> 16;
  out[at + 2] = value >>> 8;
  out[at + 3] = value;
}

/**
 * The bytes that are hashed or signed: every field preceded by its length (8 bytes, big-endian).
 * Texts go in as UTF-8, numbers as 8-byte integers. The first field is always a domain
 * `commonhold/<thing>/1`, so that no signature can stand for another kind of thing.
 */
export function frame(...fields: (string | number | Uint8Array)[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (const field of fields) {
    const part = typeof field === 'string' ? utf8(field) : typeof field === 'number' ? u64(field) : field;
    parts.push(part);
    size += 8 + part.length;
  }
  const out = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    putU32(out, at + 4, part.length);
    out.set(part, at + 8);
    at += 8 + part.length;
  }
  return out;
}
