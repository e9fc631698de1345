import type { Contract, Rule } from '@commonhold/core';
import type { Narrowing } from '@commonhold/sdk';

/** A rule that can be narrowed: not the owner's own. `fields`, `audiences`: what there is to choose from, where there is more than one. */
export interface Narrowable { id: string; collection: string; rule: Rule; fields: readonly string[]; audiences: readonly string[] }

const READS = new Set(['read', 'watch', 'count', 'search']);
const several = (names: readonly string[]): readonly string[] => names.length > 1 ? names : [];

/** What a person may take back of a contract, rule by rule. */
export const narrowable = ({ collections, data }: Contract): Narrowable[] => Object.entries(collections).flatMap(([collection, { allow, item, audiences }]) =>
  allow.flatMap((rule, i) => rule.who === 'owner' ? [] : [{
    id: `${collection}.allow[${i}]`, collection, rule,
    fields: rule.may.every((verb) => READS.has(verb)) ? several(rule.fields ?? Object.keys(data.$defs[item]!['properties']!)) : [],
    audiences: rule.rows === 'own' || !rule.may.some((verb) => verb !== 'add') ? [] : several((audiences ?? []).filter((one) => one !== 'only-me')),
  }]));

type Part = Narrowing['rules'][string];

/** A narrowing with one rule changed; a part that takes nothing back is left out. */
export function withPart({ rules }: Narrowing, { id, fields, audiences }: Narrowable, part: Part): Narrowing {
  const { [id]: _, ...rest } = rules;
  const kept: Part = {
    ...(part.off ? { off: true } : {}),
    ...(part.fields && part.fields.length < fields.length ? { fields: part.fields } : {}), ...(part.audiences && part.audiences.length < audiences.length ? { audiences: part.audiences } : {}),
  };
  return { rules: Object.keys(kept).length > 0 ? { ...rest, [id]: kept } : rest };
}

/** The same without one name of a list, or with it again; taking the last one away takes the rule away. */
export function toggled(of: Narrowing, one: Narrowable, list: 'fields' | 'audiences', name: string): Narrowing {
  const part = of.rules[one.id] ?? {};
  const had = part[list] ?? one[list];
  const names = had.includes(name) ? had.filter((each) => each !== name) : one[list].filter((each) => each === name || had.includes(each));
  return names.length === 0 ? withPart(of, one, { off: true }) : withPart(of, one, { ...part, [list]: names });
}

/** What "Join narrower" begins with: nobody who is not linked writes, and the makers read nothing. */
export const cautious = (contract: Contract): Narrowing => ({
  rules: Object.fromEntries(narrowable(contract).filter(({ rule: { who, may } }) => who === 'service' || may.some((verb) => !READS.has(verb))).map(({ id }) => [id, { off: true }])),
});
