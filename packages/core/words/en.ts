import type { Audience, Verb } from '../contract/types.ts';
import type { CollectionParts, Glossary, Party, RedLine, RuleParts } from './glossary.ts';

const and = new Intl.ListFormat('en', { type: 'conjunction' });
const or = new Intl.ListFormat('en', { type: 'disjunction' });
const digits = new Intl.NumberFormat('en');

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

const FOR: { readonly [audience in Audience]: string } = {
  'only-me': 'you alone', close: 'people you call close', linked: 'people you have a link to', house: 'the people of your house',
  members: 'everyone who joined', followers: 'your followers', everyone: 'everyone',
};

const UNITS: { readonly [unit: string]: string } = { D: 'day', W: 'week', M: 'month', Y: 'year' };

/** createdAt, created_at → created at. */
const plain = (name: string): string => name.replace(/_/g, ' ').replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
const one = (collection: CollectionParts): string => collection.label?.one ?? (collection.kind === 'single' ? plain(collection.name) : `entry of ${plain(collection.name)}`);
const many = (collection: CollectionParts): string => collection.label?.many ?? plain(collection.name);
const upper = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);

function who(rule: RuleParts): string {
  const { party } = rule;
  if (party !== 'linked' && party !== 'mutual') return WHO[party](rule.service);
  const names = rule.relations.map((relation) => Object.hasOwn(RELATIONS, relation) ? RELATIONS[relation]! : `people you linked as “${plain(relation)}”`);
  return upper(or.format(names)) + (party === 'mutual' ? ', where they confirmed it,' : '');
}

/** The records a rule reaches; `meant for them` where the audience of each record decides. */
function reached(rule: RuleParts): string {
  const { collection } = rule;
  const single = collection.kind === 'single';
  const whole = `your ${single ? one(collection) : many(collection)}`;
  if (rule.own) return `what they added to ${whole}`;
  const columns = rule.fields === null ? '' : `the ${and.format(rule.fields.map(plain))} of `;
  if (rule.party === 'owner' || collection.audiences.length === 1) return columns + whole;
  return single ? `${columns}${whole}, where it is meant for them` : `${columns}those of ${whole} that are meant for them`;
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
  if (rule.may.includes('add')) clauses.unshift(`add to your ${collection.kind === 'single' ? one(collection) : many(collection)}`);
  const reason = rule.because === null ? '' : ` They say why: “${rule.because}”`;
  return `${who(rule)} can ${clauses.join(', and ')}.${reason}`;
}

function keeps(collection: CollectionParts): string {
  const files = collection.files.length === 0 ? '' : ` Pictures or other files are kept with ${collection.kind === 'single' ? 'it' : 'them'}: ${and.format(collection.files.map(plain))}.`;
  return recordsKept(collection) + files;
}

function recordsKept(collection: CollectionParts): string {
  const holds = and.format(collection.fields.map(plain));
  const until = collection.retention === null ? ''
    : `, for ${digits.format(collection.retention.count)} ${UNITS[collection.retention.unit]}${collection.retention.count === 1 ? '' : 's'}`;
  switch (collection.kind) {
    case 'single': return `Your ${one(collection)}${until}: ${holds}.`;
    case 'cache': return `Copies of other people’s ${many(collection)}${until}: ${holds}.`;
    case 'local': return `On your own pod only, your ${many(collection)}${until}: ${holds}.`;
    case 'links': case 'list': return `Your ${many(collection)}, up to ${digits.format(collection.count)}${until}. Each holds ${holds}.`;
  }
}

function audiences(collection: CollectionParts): string {
  const { audiences: names, defaultAudience } = collection;
  if (names.length === 1) {
    return `${upper(collection.kind === 'single' ? `your ${one(collection)} is` : `your ${many(collection)} are`)} for ${FOR[names[0]!]}.`;
  }
  const choices = or.format(names.map((name) => FOR[name] + (name === defaultAudience ? ' (unless you choose otherwise)' : '')));
  return `${upper(collection.kind === 'single' ? `your ${one(collection)}` : `each ${one(collection)}`)} is for whom you say: ${choices}. Nobody else reads it.`;
}

const RED: { readonly [line in RedLine]: (service: string, things: string) => string } = {
  service: (service, things) => `The makers of ${service} reach into your ${things} without asking.`,
  member: (service, things) => `Anyone who joins ${service}, its makers included, reaches your ${things}: joining is all it takes.`,
  'strangers-write': (_, things) => `Strangers can add to your ${things} without asking.`,
  'public-by-default': (_, things) => `Unless you choose otherwise, your ${things} are for everyone.`,
};

/** English. */
export const en: Glossary = {
  questions: {
    keeps: 'What it keeps', readers: 'Who can read it', does: 'What it can do without asking', leaving: 'What happens when you leave',
  },
  keeps, audiences,
  rule: ruleSentence,
  nothing: () => 'Nothing. It acts only when you do.',
  leaving: (service, builtIn) => [
    builtIn ? `${service} is part of your pod: you leave it by leaving with your pod.` : 'You are offered a file with everything in it first.',
    'Everything it kept in your pod is then erased, its history included.',
    'What others already hold, the files you took and old backups are not reached by that.',
  ],
  redLine: (line, service, collection) => RED[line](service, collection.kind === 'single' ? one(collection) : many(collection)),
};
