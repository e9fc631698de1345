import type { Verb } from '../contract/types.ts';
import { enChange, enTally } from './en-change.ts';
import type { Circle, CollectionParts, Glossary, Party, RedLine, RuleParts } from './glossary.ts';
import { and, audiences, columns, keeps, MARKS, or, upper, whole } from './en-parts.ts';
import { named, plain, quoted } from './names.ts';

const WHO: { readonly [party in Exclude<Party, 'linked' | 'mutual'>]: (service: string) => string } = {
  owner: () => 'You',
  service: (service) => `The makers of ${service}`,
  member: (service) => `Anyone who joins ${service}, its makers included,`,
  'signed-in': () => 'Anyone who proves a name, strangers included,',
  anyone: () => 'Anyone at all',
  house: () => 'The people of your house',
};

/** Relations that have words of their own; any other is quoted as the contract spells it. */
const RELATIONS: { readonly [relation: string]: string } = {
  follow: 'people you follow', follower: 'people who follow you', close: 'people you call close',
};

const VERBS: { readonly [verb in Exclude<Verb, 'add'>]: string } = {
  read: 'read', change: 'change', remove: 'remove', watch: 'watch', count: 'count', search: 'search',
};

function who(rule: RuleParts): string {
  const { party } = rule;
  if (party !== 'linked' && party !== 'mutual') return WHO[party](rule.service);
  const names = rule.relations.map((relation) => Object.hasOwn(RELATIONS, relation) ? RELATIONS[relation]! : `people you linked as ${quoted(plain(relation), MARKS)}`);
  return upper(or.format(names)) + (party === 'mutual' ? ', where they confirmed it,' : '');
}

/** Whether the audience of each record decides, too. */
const meant = (rule: RuleParts): boolean => !rule.own && rule.party !== 'owner' && rule.collection.audiences.length > 1;

/** The records a rule reaches; `meant for them` where the audience of each record decides. */
function reached(rule: RuleParts): string {
  const { collection } = rule;
  const all = whole(collection);
  if (rule.own) return `what they added to ${all}`;
  const of = rule.fields === null ? '' : `the ${columns(rule.fields, collection)} of `;
  if (!meant(rule)) return of + all;
  return collection.kind === 'single' ? `${of}${all}, where it is meant for them` : `${of}those of ${all} that are meant for them`;
}

function ruleSentence(rule: RuleParts): string | null {
  const { collection } = rule;
  const acts: string[] = [];
  for (const verb of rule.may) {
    if (verb === 'add') continue;
    if (!Object.hasOwn(VERBS, verb)) return null;
    acts.push(VERBS[verb]);
  }
  const clauses = acts.length === 0 ? [] : [`${and.format(acts)} ${reached(rule)}`];
  if (rule.may.includes('add')) clauses.unshift(`add to ${whole(collection)}`);
  const reason = rule.because === null ? '' : ` They say why: ${quoted(rule.because, MARKS)}`;
  return `${who(rule)} can ${clauses.join(', and ')}.${reason}`;
}

const RED: { readonly [line in RedLine]: (service: string, things: string) => string } = {
  service: (service, things) => `The makers of ${service} reach ${things} without asking.`,
  'service-writes': (service, things) => `The makers of ${service} write in ${things} without asking.`,
  member: (service, things) => `Anyone who joins ${service}, its makers included, reaches ${things}: joining is all it takes.`,
  'non-members': (service, things) => `People who never joined ${service} reach ${things}, where it is meant for them.`,
  'strangers-write': (_, things) => `Strangers can add to ${things} without asking.`,
  'public-by-default': (_, things) => `Unless you choose otherwise, everyone can read ${things}.`,
  'your-people': (service, things) => `Whom you follow or call close decides who reads ${things}. ${service} does not keep that itself: it is in your People.`,
};

const CIRCLES: { readonly [circle in Circle]: string } = {
  'only-me': 'Only you', makers: 'Its makers', linked: 'People you link', house: 'Your house', members: 'Members', 'signed-in': 'Anyone with a name', everyone: 'Everyone',
};

/** What one rule shows: "the title and date of your dishes". */
function shown(rule: RuleParts): string {
  const { collection, may, fields } = rule;
  const reads = may.some((verb) => verb === 'read' || verb === 'watch' || verb === 'search');
  const what = rule.own ? `what they added to ${whole(collection)}` : !reads ? `how many of ${whole(collection)} there are`
    : fields === null ? `everything in ${whole(collection)}` : `the ${columns(fields, collection)} of ${whole(collection)}`;
  return rule.party === 'linked' || rule.party === 'mutual' ? `${who(rule).replace(/,$/, '')}: ${what}` : what;
}

function reads(rules: readonly RuleParts[], alone: readonly CollectionParts[]): string {
  const all = [...new Set([...alone.map(whole), ...rules.map(shown)])];
  if (all.length === 0) return 'Nothing.';
  return `${upper(all.join('; '))}.${rules.some(meant) ? ' Only what you mean for them.' : ''}`;
}

/** English. */
export const en: Glossary = {
  questions: {
    keeps: 'What it keeps', readers: 'Who can read it', does: 'What it can do without asking', leaving: 'What happens when you leave',
  },
  service: (title, trusted) => trusted ? title : named(title, 3, MARKS),
  keeps, audiences, reads,
  rule: ruleSentence,
  nothing: () => 'Nothing. It acts only when you do.',
  leaving: (service, builtIn) => [
    builtIn ? `${service} is part of your pod: you leave it by leaving with your pod.` : 'You are offered a file with everything in it first.',
    'Everything it kept in your pod is then erased, its history included.',
    'What others already hold, the files you took and old backups are not reached by that.',
  ],
  redLine: (line, service, collections) => RED[line](service, and.format(collections.map(whole))),
  circle: (circle) => CIRCLES[circle],
  change: enChange,
  tally: enTally,
};
