import { patternOf, TILE_SHAPES, type Pattern, type Tile } from '@commonhold/core';
import { useState } from 'preact/hooks';
import { known as people } from '../../state/people.ts';
import { faceSeed } from './pattern.ts';

const known = new Map<string, Pattern>();

function patternFor(seed: string): Pattern {
  let pattern = known.get(seed);
  if (!pattern) known.set(seed, pattern = patternOf(seed));
  return pattern;
}

const seeds = new Map<string, string>();
function seedFor(persona: string): string {
  let seed = seeds.get(persona);
  if (!seed) seeds.set(persona, seed = faceSeed(persona));
  return seed;
}

function shape(tile: Tile, at: number, pattern: Pattern) {
  const fill = at === 0 || at === 3 ? pattern.ink : pattern.second;
  return <path d={TILE_SHAPES[tile.shape]} fill={fill} transform={`translate(${(at % 2) * 24} ${at > 1 ? 24 : 0}) rotate(${tile.turn * 90} 12 12)`} />;
}

/** Sizes of a face in px; 44 is the usual one. */
export type FaceSize = 24 | 32 | 36 | 44 | 56 | 96;

/** Address of a picture that a profile names. */
export const pictureUrl = (persona: string, blob: string): string => `/pods/${persona}/people/profile/self/blobs/${blob}`;

/**
 * A person's face: the picture of their profile, or four tiles drawn from their id (or from the seed that outsiders get). Decoration beside a
 * name. A picture that does not come leaves the tiles.
 */
export function Face({ persona, seed, size = 44 }: { persona?: string; seed?: string; size?: FaceSize }) {
  const [broken, setBroken] = useState<string | null>(null);
  const blob = persona === undefined ? undefined : people.value[persona]?.picture;
  if (persona !== undefined && blob !== undefined && blob !== broken) {
    return <img class={size === 44 ? 'av' : `av s${size}`} src={pictureUrl(persona, blob)} alt="" width={size} height={size} loading="lazy" decoding="async" draggable={false} onError={() => setBroken(blob)} />;
  }
  return <Tiles seed={seed ?? seedFor(persona ?? '')} size={size} />;
}

function Tiles({ seed, size }: { seed: string; size: FaceSize }) {
  const pattern = patternFor(seed);
  return (
    <svg class={size === 44 ? 'av' : `av s${size}`} viewBox="0 0 48 48" aria-hidden="true">
      <path d="M0 0h48v48H0z" fill={pattern.ground} />
      {pattern.tiles.map((tile, i) => shape(tile, i, pattern))}
    </svg>
  );
}
