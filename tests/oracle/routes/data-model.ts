import { NOTES } from '../../../packages/house/src/testing/notes.ts';
import { oracle, type Answer as Sight, type PlainContract } from '../oracle.ts';
import type { Random } from '../random.ts';
import { factsOf, type Asker, type ModelNote, type World } from './world.ts';

/*
 * The data API once more, as plainly as can be: take what the oracle lets this caller see of each record, then filter, sort and
 * count an array. No code is shared with the house.
 */
const CONTRACT = NOTES as unknown as PlainContract;
const FIELDS = ['title', 'rank', 'secret', 'done', 'tags'];
const META = ['$key', '$author', '$at', '$audience'];
/** Audiences of each collection. */
export const AUDIENCES: Record<string, string[]> = { lines: ['only-me', 'close', 'house', 'everyone'], tallies: ['house'], box: ['house'], guests: ['only-me', 'house'], letters: ['house'] };
/** Where a record lies of which nothing else is said. */
export const USUAL: Record<string, string> = { lines: 'house', tallies: 'house', box: 'house', guests: 'only-me', letters: 'house' };

/** A record as one caller sees it. */
export interface Seen { key: string; author: string; audience: string; body: Record<string, unknown>; whole: boolean; note: { written: number } }
/** One of the service `notes`. */
export interface View extends Seen { note: ModelNote }

const merge = (a: Sight, b: Sight): Sight => (a === 'all' || b === 'all' ? 'all' : a === 'none' ? b : b === 'none' ? a : [...new Set([...a, ...b])]);

function sight(world: World, asker: Asker, owner: string, collection: string, verbs: string[], row: { audience: string; own: boolean }): Sight {
  if (!world.people.has(owner)) return 'none';
  return verbs.map((verb) => oracle({ contract: CONTRACT, narrowing: {}, facts: factsOf(world, asker, owner), collection, verb, row })).reduce(merge, 'none');
}

/** May this caller do one of these with some record of a collection, whichever it is? */
export function mayAny(world: World, asker: Asker, owner: string, collection: string, verbs: string[]): boolean {
  if (!Object.hasOwn(AUDIENCES, collection)) return false;
  return AUDIENCES[collection]!.some((audience) => [true, false].some((own) => sight(world, asker, owner, collection, verbs, { audience, own }) !== 'none'));
}

/** May this caller do this with such a record? */
export const mayOne = (world: World, asker: Asker, owner: string, collection: string, verb: string, row: { audience: string; own: boolean }): boolean =>
  sight(world, asker, owner, collection, [verb], row) !== 'none';

/** The fields that this caller may name; null when nothing is there for them. */
export function nameable(world: World, asker: Asker, owner: string, collection: string, verbs: string[]): string[] | null {
  const rows = (Object.hasOwn(AUDIENCES, collection) ? AUDIENCES[collection]! : []).flatMap((audience) => [{ audience, own: true }, { audience, own: false }]);
  const all = rows.map((row) => sight(world, asker, owner, collection, verbs, row)).reduce(merge, 'none');
  return all === 'none' ? null : [...META, ...(all === 'all' ? FIELDS : all)];
}

/** Everything that this caller sees, in the order in which it was written. */
export function views(world: World, asker: Asker, owner: string, collection: string, verbs: string[]): View[] {
  return world.notes.filter((note) => note.persona === owner && note.collection === collection).sort((a, b) => a.written - b.written).flatMap((note) => {
    const fields = sight(world, asker, owner, collection, verbs, { audience: note.audience, own: asker.persona === note.author });
    if (fields === 'none') return [];
    const body = Object.fromEntries(Object.entries(note.body).filter(([name]) => fields === 'all' || fields.includes(name)));
    return [{ key: note.key, author: note.author, audience: note.audience, body, whole: fields === 'all', note }];
  });
}

let written = 1_000_000;
/** The next place in the order of writing. */
export const tick = (): number => written++;

/** A value by name; `$at` is only good for sorting here, since the model has no clock. */
export function valueOf(view: Seen, field: string): unknown {
  if (field === '$at') return view.note.written;
  const value = field.startsWith('$') ? view[field.slice(1) as 'key'] : Object.hasOwn(view.body, field) ? view.body[field] : null;
  return value ?? null;
}

/** Does the record fulfil the condition? */
export function holds(view: Seen, where: Record<string, unknown>): boolean {
  for (const [name, inner] of Object.entries(where)) {
    if (name === 'all') { if (!(inner as Record<string, unknown>[]).every((one) => holds(view, one))) return false; continue; }
    if (name === 'any') { if (!(inner as Record<string, unknown>[]).some((one) => holds(view, one))) return false; continue; }
    if (name === 'not') { if (holds(view, inner as Record<string, unknown>)) return false; continue; }
    for (const [op, wanted] of Object.entries(inner as object)) if (!compare(valueOf(view, name), op, wanted)) return false;
  }
  return true;
}

function compare(value: unknown, op: string, wanted: unknown): boolean {
  const alike = typeof value === typeof wanted && (typeof value === 'number' || typeof value === 'string');
  const [a, b] = [value as number, wanted as number];
  switch (op) {
    case 'eq': return value === wanted;
    case 'ne': return value !== wanted;
    case 'lt': return alike && a < b;
    case 'lte': return alike && a <= b;
    case 'gt': return alike && a > b;
    case 'gte': return alike && a >= b;
    case 'in': return (wanted as unknown[]).includes(value);
    case 'nin': return !(wanted as unknown[]).includes(value);
    case 'prefix': return typeof value === 'string' && value.indexOf(wanted as string) === 0;
    default: return typeof value === 'string' ? typeof wanted === 'string' && value.indexOf(wanted) !== -1 : Array.isArray(value) && value.indexOf(wanted) !== -1;
  }
}

/** Every field that a condition names. */
export function named(where: Record<string, unknown>): string[] {
  return Object.entries(where).flatMap(([name, inner]) => (name === 'all' || name === 'any' ? (inner as Record<string, unknown>[]).flatMap(named)
    : name === 'not' ? named(inner as Record<string, unknown>) : [name]));
}

const KINDS = ['null', 'false', 'true', 'number', 'string', 'object'];
const kind = (value: unknown): number => KINDS.indexOf(value === null || typeof value === 'boolean' ? String(value) : typeof value);

/** Which of two comes first? */
export function inOrder(order: string[]): (a: Seen, b: Seen) => number {
  return (a, b) => {
    for (const name of [...order, '$key']) {
      const [field, sign] = name.startsWith('-') ? [name.slice(1), -1] : [name, 1];
      const [x, y] = [valueOf(a, field), valueOf(b, field)];
      if (kind(x) !== kind(y)) return sign * (kind(x) - kind(y));
      if (typeof x === 'object' || x === y) continue;
      return (x as number) < (y as number) ? -sign : sign;
    }
    return 0;
  };
}

/** Is this a body that the contract takes? */
export function isNote(body: Record<string, unknown>): boolean {
  const { title, rank, secret, done, tags, ...rest } = body;
  if (Object.keys(rest).length > 0 || typeof title !== 'string' || [...title].length > 400) return false;
  if (!(rank === undefined || typeof rank === 'number') || !(done === undefined || typeof done === 'boolean')) return false;
  if (!(secret === undefined || secret === null || (typeof secret === 'string' && secret.length <= 100))) return false;
  return tags === undefined || (Array.isArray(tags) && tags.every((tag) => typeof tag === 'string'));
}

const TITLES = ['', 'a', 'ab', 'b', 'B', 'é', '10', '9'];

/** A new key. */
export const noteKey = (random: Random): string => Buffer.from(Array.from({ length: 16 }, () => random.below(256))).toString('base64url');

/** A body and an audience that the contract takes. */
export function someNote(random: Random, collection: string): { body: Record<string, unknown>; audience: string } {
  const body: Record<string, unknown> = { title: random.pick(TITLES) };
  if (!random.once(4)) body['rank'] = random.below(6) - 1;
  if (!random.once(3)) body['secret'] = random.pick(['a', 'b', null]);
  if (!random.once(3)) body['done'] = random.once(2);
  if (!random.once(3)) body['tags'] = random.some(['a', 'b']);
  return { body, audience: random.pick(AUDIENCES[collection]!) };
}

const scalar = (random: Random): unknown => random.pick([...TITLES, -1, 0, 1, 2.5, 3, true, false, null]);

/** A condition over some of these fields; now and then over others. */
export function someWhere(random: Random, fields: readonly string[], keys: readonly string[], depth = 0): Record<string, unknown> {
  if (depth < 3 && random.once(3)) {
    const inner = (): Record<string, unknown> => someWhere(random, fields, keys, depth + 1);
    return random.pick([{ not: inner() }, { any: [inner(), inner()] }, { all: [inner(), inner()] }, { any: [] }]);
  }
  const field = random.once(12) ? random.pick([...FIELDS, 'nosuch', '__PROTO__', 'constructor']) : random.pick(fields.filter((name) => name !== '$at'));
  if (field === '$key') return { $key: random.pick([{ eq: random.pick(keys) }, { in: random.some(keys, 1).slice(0, 5) }, { gt: random.pick(keys) }]) };
  if (field === '$audience') return { $audience: random.pick([{ eq: 'house' }, { in: ['everyone', 'only-me'] }, { ne: 'everyone' }]) };
  const op = random.pick(['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'nin', 'prefix', 'contains']);
  return { [field]: { [op]: operand(random, op) }, ...(random.once(4) ? { $author: { ne: 'nobody' } } : {}) };
}

function operand(random: Random, op: string): unknown {
  if (op === 'in' || op === 'nin') return [scalar(random), scalar(random)];
  if (op === 'prefix') return random.pick(TITLES);
  return ['lt', 'lte', 'gt', 'gte'].includes(op) ? random.pick([...TITLES, 0, 1, 2.5]) : scalar(random);
}
