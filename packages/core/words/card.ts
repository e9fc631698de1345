import type { Collection, Contract, Rule } from '../contract/types.ts';
import { no, yes, type Result } from '../result.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import type { Circle, CollectionParts, Glossary, Locale, Party, Questions, RedLine, RuleParts } from './glossary.ts';
import { partsOf, ruleParts } from './parts.ts';

/** Who reads what, one line for each circle of people. `circle`: for its sign; `name`: in words. */
export interface CircleLine { readonly circle: Circle; readonly name: string; readonly reads: string }

/** A contract in words: the four questions of every card, each answered in sentences. */
export interface Card {
  readonly questions: Questions;
  readonly keeps: readonly string[];
  readonly readers: readonly string[];
  /** The second question at a glance, from the smallest circle to the largest. */
  readonly circles: readonly CircleLine[];
  readonly does: readonly string[];
  readonly leaving: readonly string[];
  /** What deserves to be shown above all else, each said once. */
  readonly redLines: readonly string[];
  /** The service's own headings for what it keeps, with how many collections stand under each. */
  readonly clusters: readonly { readonly name: string; readonly count: number }[];
  /** The sentence of every rule, by its id (`<collection>.allow[<index>]`), for narrowing. */
  readonly rules: ReadonlyMap<string, string>;
}

const GLOSSARIES: ReadonlyMap<string, Glossary> = new Map<Locale, Glossary>([['en', en], ['de', de]]);

/** The glossary of a language. No: `unknown_locale`. */
export function glossaryOf(locale: string): Result<Glossary> {
  const glossary = GLOSSARIES.get(locale);
  return glossary === undefined ? no('unknown_locale', `No glossary for ${locale}.`) : yes(glossary);
}

/**
 * The card of a contract in one language, from our own glossary, never from text by the service alone. No:
 * `unknown_locale`, or `no_sentence` with the place of the rule or collection that has no words, which blocks joining.
 */
export function contractCard(contract: Contract, locale: string): Result<Card> {
  const glossary = glossaryOf(locale);
  return glossary.ok ? cardWith(glossary.value, contract) : glossary;
}

/** The card of a contract by a given glossary. */
export function cardWith(glossary: Glossary, contract: Contract): Result<Card> {
  const builtIn = contract.service.key === null;
  const service = glossary.service(contract.service.title, builtIn);
  const draft: Draft = { glossary, service, keeps: [], readers: [], does: [], rules: new Map(), lines: new Map(), circles: new Map(), alone: [] };
  for (const [name, collection] of Object.entries(contract.collections)) {
    const wordless = describe(partsOf(contract, name, collection), collection, draft);
    if (wordless !== null) return no('no_sentence', `No words for a part of ${name}.`, `/collections/${name}${wordless}`);
  }
  const redLines: string[] = [];
  for (const [line, collections] of draft.lines) {
    const sentence = glossary.redLine(line, service, collections);
    if (sentence === null) return no('no_sentence', `No words for a part of ${collections[0]!.name}.`, `/collections/${collections[0]!.name}`);
    redLines.push(sentence);
  }
  const { keeps, readers, does, rules } = draft;
  return yes({
    questions: glossary.questions, keeps, readers, circles: circlesOf(draft, builtIn), does: does.length > 0 ? does : [glossary.nothing(service)],
    leaving: glossary.leaving(service, builtIn), redLines, clusters: clustersOf(contract), rules,
  });
}

interface Draft {
  readonly glossary: Glossary; readonly service: string;
  readonly keeps: string[]; readonly readers: string[]; readonly does: string[]; readonly rules: Map<string, string>;
  readonly lines: Map<RedLine, CollectionParts[]>; readonly circles: Map<Circle, RuleParts[]>; readonly alone: CollectionParts[];
}

/** Adds the sentences of one collection; answers the place of what has no words, or null. */
function describe(parts: CollectionParts, collection: Collection, draft: Draft): string | null {
  const { glossary, service } = draft;
  const kept = glossary.keeps(parts);
  const audiences = glossary.audiences(parts);
  if (kept === null || audiences === null) return '';
  draft.keeps.push(kept);
  draft.readers.push(audiences);
  let read = false;
  for (const [i, rule] of collection.allow.entries()) {
    const made = ruleParts(rule, service, parts);
    const sentence = glossary.rule(made);
    if (sentence === null) return `/allow/${i}`;
    draft.rules.set(`${parts.name}.allow[${i}]`, sentence);
    if (rule.who === 'owner') continue;
    read = answer(rule, made, sentence, draft) || read;
  }
  if (!read) draft.alone.push(parts);
  for (const line of redLinesOf(collection, parts)) put(draft.lines, line, parts);
  return null;
}

const READS: ReadonlySet<string> = new Set(['read', 'watch', 'count', 'search']);
const CIRCLE_OF: { readonly [party in Exclude<Party, 'owner'>]: Circle } = {
  service: 'makers', linked: 'linked', mutual: 'linked', house: 'house', member: 'members', 'signed-in': 'signed-in', anyone: 'everyone',
};

/** Puts the sentence of a rule under the questions that it answers; answers whether somebody else reads by it. */
function answer(rule: Rule, made: RuleParts, sentence: string, { readers, does, circles }: Draft): boolean {
  const reads = rule.may.some((verb) => READS.has(verb));
  if (rule.who === 'service' || rule.may.some((verb) => !READS.has(verb))) does.push(sentence);
  if (!reads) return false;
  readers.push(sentence);
  const circle = CIRCLE_OF[made.party as Exclude<Party, 'owner'>];
  put(circles, circle, made);
  return true;
}

function put<K, T>(lists: Map<K, T[]>, key: K, one: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
}

const CIRCLES: readonly Circle[] = ['only-me', 'makers', 'linked', 'house', 'members', 'signed-in', 'everyone'];
/** Said even where they read nothing. */
const ALWAYS: ReadonlySet<Circle> = new Set<Circle>(['makers', 'members', 'everyone']);

function circlesOf({ glossary, circles, alone }: Draft, builtIn: boolean): CircleLine[] {
  return CIRCLES.flatMap((circle) => {
    const rules = circles.get(circle) ?? [];
    const own = circle === 'only-me' ? alone : [];
    const always = ALWAYS.has(circle) && !(builtIn && circle !== 'everyone');
    return rules.length + own.length > 0 || always ? [{ circle, name: glossary.circle(circle), reads: glossary.reads(rules, own) }] : [];
  });
}

function clustersOf({ collections }: Contract): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { cluster } of Object.values(collections)) if (cluster !== undefined) counts.set(cluster, (counts.get(cluster) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count }));
}

/** Relations that the people service makes, not the service itself. */
const OF_PEOPLE = ['follow', 'follower', 'close'];

function redLinesOf({ allow }: Collection, { defaultAudience, trusted }: CollectionParts): Set<RedLine> {
  const lines = new Set<RedLine>();
  if (defaultAudience === 'everyone') lines.add('public-by-default');
  for (const rule of allow) {
    const { who } = rule;
    if (who === 'member') lines.add(who);
    else if (who === 'service') serviceLines(rule, lines);
    else if (who === 'signed-in' || who === 'anyone') strangerLines(rule, trusted, lines);
    else if (!trusted && typeof who === 'object' && 'linked' in who && who.linked.some((relation) => OF_PEOPLE.includes(relation))) lines.add('your-people');
  }
  return lines;
}

function serviceLines({ may }: Rule, lines: Set<RedLine>): void {
  if (may.some((verb) => READS.has(verb))) lines.add('service');
  if (may.some((verb) => !READS.has(verb))) lines.add('service-writes');
}

function strangerLines({ may, rows }: Rule, trusted: boolean, lines: Set<RedLine>): void {
  if (may.includes('add')) lines.add('strangers-write');
  if (!trusted && rows === undefined && may.some((verb) => verb !== 'add')) lines.add('non-members');
}
