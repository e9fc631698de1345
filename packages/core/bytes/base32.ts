const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Bytes as lower-case base32 without padding (RFC 4648 §6); used for persona ids alone. */
export function toBase32(bytes: Uint8Array): string {
  let out = '', bits = 0, held = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    held += 8;
    while (held >= 5) { held -= 5; out += ALPHABET[(bits >> held) & 31]!; }
  }
  return held > 0 ? out + ALPHABET[(bits << (5 - held)) & 31]! : out;
}
