import type { HouseholdDeps } from './ports.ts';
import type { Settings } from './settings.ts';
import { tidyText } from './text.ts';

/** How a house introduces itself. */
export interface HouseText { title?: string; note?: string; rules?: string[] }

/** Trims and checks the texts that were given. Refuses `bad_text`. */
export function tidyHouse({ title, note, rules }: HouseText): HouseText {
  return {
    ...(title !== undefined && { title: tidyText(title, 'title', 1, 60) }),
    ...(note !== undefined && { note: tidyText(note, 'note', 0, 500) }),
    ...(rules !== undefined && { rules: rules.map((rule, i) => tidyText(rule, `rules[${i}]`, 0, 200)).filter((rule) => rule !== '').slice(0, 10) }),
  };
}

/** What stewards may change about their house; what is left out stays. */
export interface HouseWish extends HouseText { blobBytes?: number; postLimit?: number; front?: boolean }

/** Changes what a wish names, all or nothing, and tells it once all of it is so. Refuses `bad_text`. */
export function makeDescribe({ db, settings, changed }: Pick<HouseholdDeps, 'db'> & { settings: Settings; changed: () => void }): (wish: HouseWish) => void {
  return ({ blobBytes, postLimit, front, ...text }) => {
    const { title, note, rules } = tidyHouse(text);
    db.transaction(() => {
      if (title !== undefined) settings.set('title', title);
      if (note !== undefined) settings.set('note', note);
      if (rules !== undefined) settings.set('rules', rules);
      if (blobBytes !== undefined) settings.set('blobBytes', blobBytes);
      if (postLimit !== undefined) settings.set('postLimit', postLimit);
      if (front !== undefined) settings.set('front', front);
    });
    changed();
  };
}
