const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

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

/** The shapes of tiles: each fills a tile of 24 with its corner at the origin; a turn is about the tile's middle. */
export const TILE_SHAPES = [
  'M0 0h24A24 24 0 0 1 0 24z',
  'M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18',
  'M0 24V12a12 12 0 0 1 24 0v12z',
  'M0 0h24L0 24z',
] as const;
