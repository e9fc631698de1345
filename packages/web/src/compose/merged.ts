import type { KeptDraft } from '@commonhold/sdk';
import { freshName, readWords, type Draft } from './draft.ts';
import type { Placed } from './store.ts';

/** Where a draft stands that this browser does not have. */
export const ELSEWHERE = 'elsewhere';

/** A draft of the house, to be written on here: under a key of its own. */
function fromHouse(kept: KeptDraft, fresh: () => string): Draft | null {
  const words = readWords({ ...kept });
  return words && { ...words, id: kept.key, key: fresh(), updatedAt: kept.updatedAt, saved: kept.updatedAt };
}

/**
 * The drafts of this browser and of the house in one list, the newest first. Of one that both have, the words of this browser stand
 * where it wrote since, else those of the house: another device wrote. `gone`: sent or deleted, whatever the house still has.
 */
export function mergeDrafts(here: readonly Placed[], house: readonly KeptDraft[], gone: (id: string) => boolean, fresh: () => string = freshName): Placed[] {
  const there = new Map(house.map((kept) => [kept.key, kept]));
  const mine = here.map((placed): Placed => {
    const { draft } = placed;
    const kept = there.get(draft.id);
    const words = kept && draft.saved === draft.updatedAt && kept.updatedAt > draft.updatedAt ? fromHouse(kept, () => draft.key) : null;
    return words ? { context: placed.context, draft: words } : placed;
  });
  const known = new Set(here.map(({ draft }) => draft.id));
  const others = house.filter(({ key }) => !known.has(key)).map((kept) => fromHouse(kept, fresh)).filter((draft) => draft !== null).map((draft): Placed => ({ context: ELSEWHERE, draft }));
  return [...mine, ...others].filter(({ draft }) => !gone(draft.id)).sort((a, b) => b.draft.updatedAt - a.draft.updatedAt);
}
