import { makeDrafts, type Shelf } from '../state/draft.ts';

const nothing: Shelf = { getItem: () => null, setItem: () => {}, removeItem: () => {} };

function shelf(): Shelf {
  try {
    return localStorage;
  } catch {
    return nothing;
  }
}

/** The drafts of this browser. */
export const drafts = makeDrafts(shelf());
