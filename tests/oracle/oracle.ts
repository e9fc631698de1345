/**
 * The firewall's rules once more, as plainly as they can be said, sharing no code with the firewall: spec/contract.md,
 * "Deciding", sentence by sentence. Slow on purpose; what it answers is what the firewall must answer.
 */

/** A rule as it stands in the contract's JSON. */
export interface PlainRule { who: unknown; may: string[]; fields?: string[]; rows?: string }
/** A collection as it stands in the contract's JSON. */
export interface PlainCollection { audiences?: string[]; defaultAudience?: string; allow: PlainRule[] }
/** As much of a contract's JSON as decides. */
export interface PlainContract { collections: { [name: string]: PlainCollection } }
/** What is known of the caller. */
export interface PlainFacts {
  persona: string | null; owner: boolean; service: boolean; member: boolean; house: boolean;
  relations: string[]; mutual: string[]; blocked: boolean; now: number;
}
/** What the owner took back. */
export interface PlainNarrowing { paused?: boolean; until?: number; rules?: { [rule: string]: { off?: true; fields?: string[]; audiences?: string[] } } }
/** One record, there already or about to be added: who it is for, and whether the caller is its author. */
export interface PlainRow { audience: string; own: boolean }
/** One question. */
export interface Question {
  contract: PlainContract; narrowing: PlainNarrowing; facts: PlainFacts; collection: string; verb: string; row: PlainRow;
}

/** Reading verbs: 'all', 'none' or the sorted names of fields. Writing verbs: 'all' = allowed, 'none' = not. */
export type Answer = 'all' | 'none' | string[];

const IS_IN: { [audience: string]: (facts: PlainFacts) => boolean } = {
  'only-me': (facts) => facts.owner,
  close: (facts) => facts.owner || has(facts.relations, 'close'),
  followers: (facts) => facts.owner || has(facts.relations, 'follower') || has(facts.relations, 'close'),
  linked: (facts) => facts.owner || facts.relations.filter((name) => !['block', 'mute', 'follower'].includes(name)).length > 0,
  house: (facts) => facts.owner || facts.house,
  members: (facts) => facts.owner || facts.member || facts.service,
  everyone: () => true,
};

const SPEAKS_OF: { [who: string]: (facts: PlainFacts) => boolean } = {
  owner: (facts) => facts.owner,
  service: (facts) => facts.service,
  member: (facts) => facts.member,
  'signed-in': (facts) => typeof facts.persona === 'string',
  anyone: () => true,
};

const has = (list: string[], name: string): boolean => list.indexOf(name) !== -1;

/** The plain answer to one question. */
export function oracle(question: Question): Answer {
  const { contract, narrowing, facts, row } = question;
  const collection = Object.entries(contract.collections).find(([name]) => name === question.collection)?.[1];
  // 1. A block denies first. Nobody blocks themselves out of their own pod.
  if (facts.blocked && !facts.owner) return 'none';
  // 2. Paused: nobody but the owner, until that is over.
  const isOver = typeof narrowing.until === 'number' && narrowing.until <= facts.now;
  if (narrowing.paused && !isOver && !facts.owner) return 'none';
  // 3. What is not there is denied.
  if (collection === undefined) return 'none';
  // 4. The owner may always read and remove.
  if (facts.owner && (question.verb === 'read' || question.verb === 'remove')) return 'all';
  // 5. A record for an audience that the contract does not list is served to nobody else.
  if (!has(collection.audiences ?? ['only-me'], row.audience)) return 'none';
  return union(question, collection);
}

/** 6. The union of the rules that allow. */
function union(question: Question, collection: PlainCollection): Answer {
  const { narrowing, facts } = question;
  const fields = new Set<string>();
  for (let i = 0; i < collection.allow.length; i++) {
    const rule = collection.allow[i]!;
    // What the owner took back of this rule: all of it, or all but some audiences, or all but some fields.
    const less = narrowing.rules?.[`${question.collection}.allow[${i}]`] ?? {};
    if (isTaken(less, question)) continue;
    if (!has(rule.may, question.verb)) continue;
    if (!speaksOf(rule.who, facts)) continue;
    if (!reaches(question, rule, collection)) continue;
    if (rule.fields === undefined && less.fields === undefined) return 'all';
    for (const name of rule.fields ?? less.fields!) if (has(less.fields ?? [name], name)) fields.add(name);
  }
  // 7. Nothing matches: denied.
  return fields.size === 0 ? 'none' : [...fields].sort();
}

const isTaken = ({ off, audiences }: NonNullable<PlainNarrowing['rules']>[string], { verb, row }: Question): boolean =>
  off === true || (audiences !== undefined && verb !== 'add' && !has(audiences, row.audience));

function speaksOf(who: unknown, facts: PlainFacts): boolean {
  if (typeof who === 'string') return SPEAKS_OF[who]!(facts);
  const party = who as { house?: string; linked?: string[]; mutual?: boolean };
  if (party.house === 'mine') return facts.house;
  for (const relation of party.linked ?? []) {
    if (has(facts.relations, relation) && (!party.mutual || has(facts.mutual, relation))) return true;
  }
  return false;
}

function reaches({ verb, facts, row }: Question, rule: PlainRule, collection: PlainCollection): boolean {
  // Own rows are never hidden from their author; other rows are not reached by such a rule.
  if (rule.rows === 'own') return row.own;
  // Whoever may add may add where records lie unless somebody says otherwise.
  const usual = collection.defaultAudience ?? (collection.audiences ?? ['only-me'])[0];
  if (verb === 'add' && row.audience === usual) return true;
  return IS_IN[row.audience]!(facts);
}
