import type { FoundRef } from '../../../views/search.ts';
import type { PostPlace } from '../hydrate.ts';

/** Where the posts lie that were found. */
export const foundPlaces = (found: readonly FoundRef[]): PostPlace[] => found.map(({ persona, post: key, kept }) => ({ persona, key, kept }));
