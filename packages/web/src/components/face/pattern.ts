import { sha256 } from './sha256.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** First 16 characters of base64url(SHA-256(persona id)): what the house shows of a person to people outside. */
export function faceSeed(persona: string): string {
  const hash = sha256(new TextEncoder().encode(persona));
  let seed = '';
  for (let i = 0; i < 12; i += 3) {
    const bits = (hash[i]! << 16) | (hash[i + 1]! << 8) | hash[i + 2]!;
    for (const shift of [18, 12, 6, 0]) seed += ALPHABET[(bits >> shift) & 63];
  }
  return seed;
}
