import { makeDrafts, type Shelf } from '../state/draft.ts';

const nothing: Shelf = { getItem: () => null, setItem: () => {}, removeItem: () => {} };

function findShelf(): Shelf {
  try {
    return localStorage;
  } catch {
    return nothing;
  }
}

/** Where this browser keeps things between visits, if it does. */
export const shelf = findShelf();
/** The drafts of this browser. */
export const drafts = makeDrafts(shelf);
