import type { Rule, Verb, Who } from './types.ts';

const WRITES: readonly Verb[] = ['add', 'change', 'remove'];

/**
 * Whether `rules` gave, together, all that `rule` gives. `fields`: those of the item that `rule` speaks of. A rule for a wider
 * party covers one for a narrower: whoever is linked or a housemate is signed in, and everyone is anyone. One for own rows is covered
 * by such alone: those are never hidden from their authors, whomever they are meant for.
 */
export const covers = (rules: readonly Rule[], rule: Rule, fields: readonly string[]): boolean => parties(rule.who).every((who) => {
  const theirs = rules.filter((one) => one.rows === rule.rows && includes(one.who, who));
  return rule.may.every((verb) => isGiven(theirs, verb, rule.fields ?? fields));
});

/** Whether these rules of one party give a verb, on all of these fields (a write: on the record as a whole). */
function isGiven(rules: readonly Rule[], verb: Verb, fields: readonly string[]): boolean {
  const given = rules.filter(({ may }) => may.includes(verb));
  if (given.some((one) => one.fields === undefined)) return true;
  const shown = new Set(given.flatMap((one) => one.fields!));
  return !WRITES.includes(verb) && fields.every((field) => shown.has(field));
}

/** A rule for several relations is one for each. */
const parties = (who: Who): Who[] => typeof who === 'object' && 'linked' in who ? who.linked.map((relation) => ({ ...who, linked: [relation] })) : [who];

function includes(wider: Who, who: Who): boolean {
  if (wider === 'anyone') return true;
  if (wider === 'signed-in') return who !== 'anyone' && who !== 'service';
  if (typeof wider === 'string' || typeof who === 'string') return wider === who;
  if ('house' in wider || 'house' in who) return 'house' in wider && 'house' in who;
  return (wider.mutual !== true || who.mutual === true) && relationsOf(wider.linked).has(who.linked[0]!);
}

const SETS = new WeakMap<readonly string[], ReadonlySet<string>>();

function relationsOf(linked: readonly string[]): ReadonlySet<string> {
  const found = SETS.get(linked) ?? new Set(linked);
  SETS.set(linked, found);
  return found;
}
