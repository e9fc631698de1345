import type { Image } from '@commonhold/sdk';
import { client } from '../state/client.ts';

/** Where a picture is named: a post, or what its writer has not posted yet. */
export interface Place { persona: string; collection: 'posts' | 'drafts' | 'scheduled' | 'post_versions'; key: string }

/** Where a blob is read by a record that names it. */
export const addressIn = ({ persona, collection, key }: Place, blob: string): string => client.data.blobUrl({ persona, service: 'microblog', collection }, key, blob);

/** A picture, and where it is read; the small one is the full one where there is no other. */
export interface Shown { image: Image; full: string; small: string }

/** The pictures that a record names, and where each is read. */
export const shownOf = (place: Place, images: readonly Image[] = []): Shown[] => images.map((image) => {
  const full = addressIn(place, image.full);
  return { image, full, small: image.small === undefined ? full : addressIn(place, image.small) };
});
