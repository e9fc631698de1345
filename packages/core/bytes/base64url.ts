const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Int8Array(128).fill(-1);
for (let i = 0; i < 64; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

/** Bytes as base64url without padding (RFC 4648 §5), the text form of every hash, key, signature, lane and salt. */
export function toBase64Url(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const n = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += ALPHABET[n >> 18]! + ALPHABET[(n >> 12) & 63]!;
    if (left > 1) out += ALPHABET[(n >> 6) & 63]!;
    if (left > 2) out += ALPHABET[n & 63]!;
  }
  return out;
}

/**
 * The bytes of a base64url text, or null unless it is the one canonical spelling:
 * no padding, no other alphabet, unused bits zero. `length` (bytes), when given, must match.
 */
export function fromBase64Url(text: string, length?: number): Uint8Array | null {
  const rest = text.length % 4;
  if (rest === 1) return null;
  const size = Math.floor((text.length * 3) / 4);
  if (length !== undefined && size !== length) return null;
  const out = new Uint8Array(size);
  let bits = 0, held = 0, at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const value = code < 128 ? VALUES[code]! : -1;
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) { held -= 8; out[at++] = (bits >> held) & 0xff; }
  }
  return (bits & ((1 << held) - 1)) === 0 ? out : null;
}
