import { createHash } from 'node:crypto';
import { patternOf, TILE_SHAPES } from '@commonhold/core';
import { markup, type Markup } from './markup.ts';
import type { Resident } from './read.ts';

const ROOF = 'M20 3.2 4.4 15.7a2.4 2.4 0 0 0-.9 1.9v15.9A3.5 3.5 0 0 0 7 37h26a3.5 3.5 0 0 0 3.5-3.5V17.6a2.4 2.4 0 0 0-.9-1.9z';

/** The mark of a house, its windows lit by its id as in the app. */
export function houseMark(id: string): Markup {
  const lit = Array.from({ length: 9 }, (_, i) => id.charCodeAt(i + 1) % 3 !== 0);
  for (let i = 0; lit.filter(Boolean).length < 3; i += 4) lit[i % 9] = true;
  return markup`<svg class="mark" viewBox="0 0 40 40" aria-hidden="true"><path d="${ROOF}" fill="currentColor"/>${lit.map((on, i) =>
    markup`<rect class="${on ? 'lit' : 'dark'}" x="${12.6 + (i % 3) * 5.8}" y="${17 + Math.floor(i / 3) * 5.6}" width="3.6" height="3.6" rx=".8"/>`)}</svg>`;
}

/** Address of the small picture of a profile. */
export const pictureOf = ({ persona, picture }: Pick<Resident, 'persona' | 'picture'>): string | null => (picture === undefined ? null : `/pods/${persona}/people/profile/self/blobs/${picture}`);

const drawn = new Map<string, Markup>();

/** Somebody's face beside their name: their picture, or the four tiles of their id. */
export function face(person: Pick<Resident, 'persona' | 'picture'>, size: number, big = false): Markup {
  const src = pictureOf(person);
  if (src !== null) return markup`<img class="av${big && ' big'}" src="${src}" alt="" width="${size}" height="${size}" loading="${big ? 'eager' : 'lazy'}" decoding="async">`;
  const tiles = drawn.get(person.persona) ?? tilesOf(person.persona);
  drawn.set(person.persona, tiles);
  return markup`<svg class="av${big && ' big'}" viewBox="0 0 48 48" width="${size}" height="${size}" aria-hidden="true">${tiles}</svg>`;
}

function tilesOf(persona: string): Markup {
  const { ground, ink, second, tiles } = patternOf(createHash('sha256').update(persona).digest('base64url').slice(0, 16));
  return markup`<path d="M0 0h48v48H0z" fill="${ground}"/>${tiles.map(({ shape, turn }, at) =>
    markup`<path d="${TILE_SHAPES[shape]}" fill="${at === 0 || at === 3 ? ink : second}" transform="translate(${(at % 2) * 24} ${at > 1 ? 24 : 0}) rotate(${turn * 90} 12 12)"/>`)}`;
}
