import { Refusal } from '@commonhold/core';
import type { HouseholdDeps } from './ports.ts';
import type { Settings } from './settings.ts';

/** How a house introduces itself. */
export interface HouseText { title?: string; note?: string; rules?: string[] }

/** Trims and checks the texts that were given. Refuses `bad_text`. */
export function tidyHouse({ title, note, rules }: HouseText): HouseText {
  return {
    ...(title !== undefined && { title: tidy(title, 'title', 1, 60) }),
    ...(note !== undefined && { note: tidy(note, 'note', 0, 500) }),
    ...(rules !== undefined && { rules: rules.map((rule, i) => tidy(rule, `rules[${i}]`, 0, 200)).filter((rule) => rule !== '').slice(0, 10) }),
  };
}

function tidy(text: string, field: string, min: number, max: number): string {
  const out = text.normalize('NFC').trim();
  const length = [...out].length;
  if (length >= min && length <= max) return out;
  throw new Refusal('invalid', 'bad_text', `This must have ${min} to ${max} characters.`, { field, expected: `${min} to ${max} characters` });
}

/** Changes title, note or rules. */
export function makeDescribe({ db, settings, changed }: Pick<HouseholdDeps, 'db'> & { settings: Settings; changed: () => void }): (text: HouseText) => void {
  return (text) => {
    const { title, note, rules } = tidyHouse(text);
    db.transaction(() => {
      if (title !== undefined) settings.set('title', title);
      if (note !== undefined) settings.set('note', note);
      if (rules !== undefined) settings.set('rules', rules);
    });
    changed();
  };
}
