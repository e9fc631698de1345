import { blobFields } from '../contract/blobs.ts';
import { DEFAULT_LIMITS } from '../contract/compile.ts';
import type { Collection, Contract, Rule, Who } from '../contract/types.ts';
import { no, yes, type Result } from '../result.ts';
import { en } from './en.ts';
import type { CollectionParts, Glossary, Locale, Party, Questions, RedLine, RuleParts } from './glossary.ts';

/** A contract in words: the four questions of every card, each answered in sentences. */
export interface Card {
  readonly questions: Questions;
  readonly keeps: readonly string[];
  readonly readers: readonly string[];
  readonly does: readonly string[];
  readonly leaving: readonly string[];
  /** What deserves to be shown in red, each said once. */
  readonly redLines: readonly string[];
  /** The sentence of every rule, by its id (`<collection>.allow[<index>]`), for narrowing. */
  readonly rules: ReadonlyMap<string, string>;
}

const GLOSSARIES: ReadonlyMap<string, Glossary> = new Map<Locale, Glossary>([['en', en]]);

/**
 * The card of a contract in one language, from our own glossary, never from text by the service alone. No:
 * `unknown_locale`, or `no_sentence` with the place of the rule or collection that has no words, which blocks joining.
 */
export function contractCard(contract: Contract, locale: string): Result<Card> {
  const glossary = GLOSSARIES.get(locale);
  return glossary === undefined ? no('unknown_locale', `No glossary for ${locale}.`) : cardWith(glossary, contract);
}

/** The card of a contract by a given glossary. */
export function cardWith(glossary: Glossary, contract: Contract): Result<Card> {
  const service = contract.service.title;
  const draft: Draft = { keeps: [], readers: [], does: [], redLines: new Set(), rules: new Map() };
  for (const [name, collection] of Object.entries(contract.collections)) {
    const wordless = describe(glossary, service, partsOf(contract, name, collection), collection, draft);
    if (wordless !== null) return no('no_sentence', `No words for a part of ${name}.`, `/collections/${name}${wordless}`);
  }
  if (draft.does.length === 0) draft.does.push(glossary.nothing(service));
  const leaving = glossary.leaving(service, contract.service.key === null);
  return yes({ ...draft, questions: glossary.questions, leaving, redLines: [...draft.redLines] });
}

interface Draft { keeps: string[]; readers: string[]; does: string[]; redLines: Set<string>; rules: Map<string, string> }

/** Adds the sentences of one collection; answers the place of what has no words, or null. */
function describe(glossary: Glossary, service: string, parts: CollectionParts, collection: Collection, draft: Draft): string | null {
  const kept = glossary.keeps(parts);
  const audiences = glossary.audiences(parts);
  if (kept === null || audiences === null) return '';
  draft.keeps.push(kept);
  draft.readers.push(audiences);
  for (const [i, rule] of collection.allow.entries()) {
    const sentence = glossary.rule(ruleParts(rule, service, parts));
    if (sentence === null) return `/allow/${i}`;
    draft.rules.set(`${parts.name}.allow[${i}]`, sentence);
    if (rule.who !== 'owner') answer(rule, sentence, draft);
  }
  for (const line of redLinesOf(collection, parts)) {
    const sentence = glossary.redLine(line, service, parts);
    if (sentence === null) return '';
    draft.redLines.add(sentence);
  }
  return null;
}

/** Puts the sentence of a rule under the questions that it answers. */
function answer(rule: Rule, sentence: string, draft: Draft): void {
  if (rule.may.some((verb) => READS.has(verb))) draft.readers.push(sentence);
  if (rule.who === 'service' || rule.may.some((verb) => !READS.has(verb))) draft.does.push(sentence);
}

const READS: ReadonlySet<string> = new Set(['read', 'watch', 'count', 'search']);

function partsOf(contract: Contract, name: string, collection: Collection): CollectionParts {
  const audiences = collection.audiences ?? ['only-me'];
  const found = /^P(\d+)(.)$/.exec(collection.retention ?? '');
  return {
    name, kind: collection.kind, label: collection.label ?? null, audiences,
    fields: Object.keys(contract.data.$defs[collection.item]!['properties']!), files: blobFields(contract.data.$defs, collection.item),
    defaultAudience: collection.defaultAudience ?? audiences[0]!,
    count: collection.limits?.count ?? DEFAULT_LIMITS.count,
    retention: found === null ? null : { count: Number(found[1]), unit: found[2]! },
  };
}

function ruleParts(rule: Rule, service: string, collection: CollectionParts): RuleParts {
  const linked = typeof rule.who === 'object' && 'linked' in rule.who ? rule.who.linked : [];
  return {
    party: partyOf(rule.who), relations: linked, may: rule.may, fields: rule.fields ?? null, own: rule.rows === 'own',
    because: rule.because ?? null, service, collection,
  };
}

function partyOf(who: Who): Party {
  if (typeof who === 'string') return who;
  if ('house' in who) return 'house';
  return who.mutual === true ? 'mutual' : 'linked';
}

function redLinesOf(collection: Collection, parts: CollectionParts): Set<RedLine> {
  const lines = new Set<RedLine>();
  if (parts.defaultAudience === 'everyone') lines.add('public-by-default');
  for (const rule of collection.allow) {
    if (rule.who === 'service' || rule.who === 'member') lines.add(rule.who);
    if (rule.who === 'signed-in' && rule.may.includes('add')) lines.add('strangers-write');
  }
  return lines;
}
