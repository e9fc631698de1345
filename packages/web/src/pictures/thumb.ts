import type { Image } from '@commonhold/sdk';
import { addressOfColours, coloursOf } from './thumbhash.ts';

const known = new Map<string, string>();

/** What stands in for a picture until it is there: a few blurred colours, as the background of its frame. Nothing where it says none. */
export function placeholder({ thumb }: Pick<Image, 'thumb'>): { backgroundImage?: string } {
  if (!thumb) return {};
  let url = known.get(thumb);
  if (url === undefined) known.set(thumb, url = draw(thumb));
  return url === '' ? {} : { backgroundImage: `url(${url})` };
}

// Whoever wrote the record may have written anything.
function draw(thumb: string): string {
  try {
    return addressOfColours(coloursOf(Uint8Array.from(atob(thumb.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))));
  } catch { return ''; }
}

/** Whether the full picture moves: then the small one beside it is no smaller, and stands still. */
export const moves = ({ small, width, height }: Image): boolean => small !== undefined && Math.max(width, height) <= 640;
