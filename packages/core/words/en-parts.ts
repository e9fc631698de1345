import type { Audience } from '../contract/types.ts';
import type { CollectionParts } from './glossary.ts';
import { late } from './late.ts';
import { listing } from './lists.ts';
import { named, plain, type Marks } from './names.ts';

/** Lists: a, b, and c. */
export const and = listing('and', true);
/** Choices: a, b, or c. */
export const or = listing('or', true);
/** Numbers: 5,000. */
export const digits = late<number>(() => new Intl.NumberFormat('en'));
/** Quotation marks. */
export const MARKS: Marks = ['“', '”'];

const FOR: { readonly [audience in Audience]: string } = {
  'only-me': 'you alone', close: 'people you call close', linked: 'people you have a link to', house: 'the people of your house',
  members: 'everyone who joined', followers: 'your followers', everyone: 'everyone',
};

const UNITS: { readonly [unit: string]: string } = { D: 'day', W: 'week', M: 'month', Y: 'year' };

/** A name as it stands in a sentence: bare where it is ours or plainly a name, else marked as theirs. */
const name = (text: string, { trusted }: CollectionParts, words = 2): string => trusted ? text : named(text, words, MARKS);
/** A field's. */
export const field = (text: string, of: CollectionParts): string => name(plain(text), of, 3);
/** Fields, in a list. */
export const columns = (fields: readonly string[], of: CollectionParts): string => and.format(fields.map((one) => field(one, of)));
/** One record. */
export const one = (of: CollectionParts): string => of.label ? name(of.label.one, of) : of.kind === 'single' ? name(plain(of.name), of) : `entry of ${name(plain(of.name), of)}`;
/** Records. */
export const many = (of: CollectionParts): string => name(of.label?.many ?? plain(of.name), of);
/** All of a collection: the one record there is, or the records. */
export const whole = (of: CollectionParts): string => `your ${of.kind === 'single' ? one(of) : many(of)}`;
/** As a sentence begins. */
export const upper = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** What is kept, of what, how many, for how long. */
export function keeps(collection: CollectionParts): string {
  const files = collection.files.length === 0 ? '' : ` Pictures or other files are kept with ${collection.kind === 'single' ? 'it' : 'them'}: ${columns(collection.files, collection)}.`;
  return recordsKept(collection) + files;
}

/** A length of time: 2 years. */
export const span = ({ count, unit }: { count: number; unit: string }): string => `${digits.format(count)} ${UNITS[unit]}${count === 1 ? '' : 's'}`;

function recordsKept(collection: CollectionParts): string {
  const holds = columns(collection.fields, collection) || 'nothing as yet';
  const until = collection.retention === null ? '' : `, for ${span(collection.retention)}`;
  switch (collection.kind) {
    case 'single': return `Your ${one(collection)}${until}: ${holds}.`;
    case 'cache': return `Copies of other people’s ${many(collection)}${until}: ${holds}.`;
    case 'local': return `On your own pod only, your ${many(collection)}${until}: ${holds}.`;
    case 'links': case 'list': return `Your ${many(collection)}, up to ${digits.format(collection.count)}${until}. Each holds ${holds}.`;
  }
}

/** Whom records may be for. */
export function audiences(collection: CollectionParts): string {
  const { audiences: names, defaultAudience } = collection;
  if (names.length === 1) {
    const are = collection.kind === 'single' ? `${upper(whole(collection))} is` : collection.label ? `${upper(whole(collection))} are` : `What is in ${whole(collection)} is`;
    return `${are} for ${FOR[names[0]!]}.`;
  }
  const choices = or.format(names.map((name) => FOR[name] + (name === defaultAudience ? ' (unless you choose otherwise)' : '')));
  return `${upper(collection.kind === 'single' ? whole(collection) : `each ${one(collection)}`)} is for whom you say: ${choices}. Nobody else reads it.`;
}
