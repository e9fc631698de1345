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

/** One of the four tiles: a shape and its quarter turn. */
export interface Tile { shape: 0 | 1 | 2 | 3; turn: 0 | 1 | 2 | 3 }

/** What a face is drawn from: hue of the ground (degrees), ink of the tiles, the tiles in reading order. */
export interface Pattern { ground: string; ink: string; second: string; tiles: readonly [Tile, Tile, Tile, Tile] }

/* Twelve grounds and inks of the house's own family, each pair far enough apart to be told at 24 px. */
const HUES = [20, 45, 70, 95, 125, 155, 185, 215, 245, 275, 310, 345] as const;

/** Draws a pattern from a seed of 16 base64url characters. The same seed gives the same face, always. */
export function patternOf(seed: string): Pattern {
  const digits = Array.from({ length: 16 }, (_, i) => Math.max(0, ALPHABET.indexOf(seed[i] ?? 'A')));
  const hue = HUES[digits[0]! % HUES.length]!;
  const other = (hue + [40, 150, 180, 210, 320][digits[1]! % 5]!) % 360;
  const tile = (i: number): Tile => ({ shape: (digits[i]! & 3) as Tile['shape'], turn: ((digits[i]! >> 2) & 3) as Tile['turn'] });
  return {
    ground: `oklch(0.86 0.06 ${hue})`, ink: `oklch(0.45 0.09 ${hue})`, second: `oklch(0.66 0.12 ${other})`,
    tiles: [tile(2), tile(3), tile(4), tile(5)],
  };
}
