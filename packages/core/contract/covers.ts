import type { Rule, Verb, Who } from './types.ts';

/** The smallest things that rules give: one party one verb on one field (null: on the record as a whole). */
interface Grant { readonly who: Who; readonly verb: Verb; readonly field: string | null; readonly own: boolean }

const WRITES: readonly Verb[] = ['add', 'change', 'remove'];

/**
 * Whether `rules` gave, together, all that `rule` gives. `fields`: those of the item that `rule` speaks of. A rule for a wider
 * party covers one for a narrower: whoever is linked or a housemate is signed in, and everyone is anyone.
 */
export function covers(rules: readonly Rule[], rule: Rule, fields: readonly string[]): boolean {
  return grantsOf(rule, fields).every((grant) => rules.some((one) => gives(one, grant)));
}

function grantsOf(rule: Rule, fields: readonly string[]): Grant[] {
  const own = rule.rows === 'own';
  return parties(rule.who).flatMap((who) => rule.may.flatMap((verb) =>
    (WRITES.includes(verb) ? [null] : rule.fields ?? fields).map((field) => ({ who, verb, field, own }))));
}

/** A rule for several relations is one for each. */
const parties = (who: Who): Who[] => typeof who === 'object' && 'linked' in who ? who.linked.map((relation) => ({ ...who, linked: [relation] })) : [who];

function gives(rule: Rule, { who, verb, field, own }: Grant): boolean {
  return rule.may.includes(verb) && (rule.rows !== 'own' || own) && (rule.fields === undefined || field === null || rule.fields.includes(field)) && includes(rule.who, who);
}

function includes(wider: Who, who: Who): boolean {
  if (wider === 'anyone') return true;
  if (wider === 'signed-in') return who !== 'anyone' && who !== 'service';
  if (typeof wider === 'string' || typeof who === 'string') return wider === who;
  if ('house' in wider || 'house' in who) return 'house' in wider && 'house' in who;
  return (wider.mutual !== true || who.mutual === true) && who.linked.every((relation) => wider.linked.includes(relation));
}
