import { isObject, Refusal, type Json, type JsonObject } from '@commonhold/core';

/** A record as its caller sees it, to be asked about: fields that are not theirs to read are not there. */
export interface Seen { key: string; author: string; at: string; audience: string; body: JsonObject }
/** A condition made ready. */
export type Matches = (seen: Seen) => boolean;

/** A `where`, checked as far as that goes without a contract. */
export interface Where {
  matches: Matches;
  /** Every field that is asked about, with where in the request. */
  fields: ReadonlyMap<string, string>;
  /** The only keys that can match, or null when any can. */
  keys: readonly string[] | null;
  /** How many conditions there are; one without any matches everything. */
  conditions: number;
}

type Scalar = string | number | boolean | null;
type Test = (value: Json) => boolean;
interface Parsed { matches: Matches; keys: readonly string[] | null }
interface Reading { fields: Map<string, string>; conditions: number; values: number }

const MAX = { depth: 8, conditions: 64, values: 512, text: 1000 } as const;
const META: { readonly [name: string]: (seen: Seen) => Json } = {
  $key: ({ key }) => key, $author: ({ author }) => author, $at: ({ at }) => at, $audience: ({ audience }) => audience,
};

/** True for what every record has beside its body: `$key`, `$author`, `$at`, `$audience`. */
export const isMeta = (field: string): boolean => Object.hasOwn(META, field);

/** The value of a field; what is not there is null. */
export function valueOf(seen: Seen, field: string): Json {
  if (isMeta(field)) return META[field]!(seen);
  return Object.hasOwn(seen.body, field) ? seen.body[field]! : null;
}

/**
 * Reads `{field: {eq, ne, lt, lte, gt, gte, in, nin, prefix, contains}, all: [], any: [], not: {}}`: at most 8 levels,
 * 64 conditions, 512 values. Refuses `bad_where`.
 */
export function parseWhere(value: unknown): Where {
  const reading: Reading = { fields: new Map(), conditions: 0, values: 0 };
  const { matches, keys } = value === undefined ? EVERYTHING : parse(value, '/where', 1, reading);
  return { matches, keys, fields: reading.fields, conditions: reading.conditions };
}

const EVERYTHING: Parsed = { matches: () => true, keys: null };

function parse(value: unknown, at: string, depth: number, reading: Reading): Parsed {
  if (depth > MAX.depth) throw bad(at, `at most ${MAX.depth} levels`);
  if (!isObject(value)) throw bad(at, 'an object');
  return every(Object.entries(value).map(([name, inner]) => member(name, inner, `${at}/${name.slice(0, 80).toWellFormed()}`, depth, reading)));
}

function member(name: string, value: Json, at: string, depth: number, reading: Reading): Parsed {
  if (name === 'not') {
    const { matches } = parse(value, at, depth + 1, reading);
    return { matches: (seen) => !matches(seen), keys: null };
  }
  if (name !== 'all' && name !== 'any') return condition(name, value, at, reading);
  if (!Array.isArray(value) || value.length > MAX.conditions) throw bad(at, 'a list of conditions');
  const parts = value.map((one, i) => parse(one, `${at}/${i}`, depth + 1, reading));
  return name === 'all' ? every(parts) : { matches: (seen) => parts.some(({ matches }) => matches(seen)), keys: null };
}

function every(parts: readonly Parsed[]): Parsed {
  if (parts.length === 1) return parts[0]!;
  return { matches: (seen) => parts.every(({ matches }) => matches(seen)), keys: parts.find(({ keys }) => keys !== null)?.keys ?? null };
}

function condition(field: string, value: Json, at: string, reading: Reading): Parsed {
  if (++reading.conditions > MAX.conditions) throw bad(at, `at most ${MAX.conditions} conditions`);
  if (!isObject(value) || Object.keys(value).length === 0) throw bad(at, 'an object of comparisons');
  if (!reading.fields.has(field)) reading.fields.set(field, at);
  const tests = Object.entries(value).map(([op, operand]) => {
    const make = Object.hasOwn(OPS, op) ? OPS[op as keyof typeof OPS] : undefined;
    if (!make) throw bad(at, Object.keys(OPS).join(', '));
    return make(operand, { at: `${at}/${op}`, reading });
  });
  const matches: Matches = (seen) => { const found = valueOf(seen, field); return tests.every((test) => test(found)); };
  return { matches, keys: field === '$key' ? keysOf(value) : null };
}

function keysOf({ eq, in: list }: JsonObject): readonly string[] | null {
  if (typeof eq === 'string') return [eq];
  return Array.isArray(list) ? [...new Set(list.filter((key) => typeof key === 'string'))] : null;
}

interface Place { at: string; reading: Reading }

const compared = (holds: (difference: number) => boolean) => (operand: Json, place: Place): Test => {
  const wanted = scalar(operand, place);
  if (typeof wanted !== 'string' && typeof wanted !== 'number') throw bad(place.at, 'a text or a number');
  return (value) => typeof value === typeof wanted && holds(value! < wanted ? -1 : value === wanted ? 0 : 1);
};

const listed = (operand: Json, place: Place): Test => {
  if (!Array.isArray(operand)) throw bad(place.at, 'a list of values');
  const values = new Set<Json>(operand.map((one) => scalar(one, place)));
  return (value) => values.has(value);
};

/** Comparisons by name. Texts are compared by UTF-16 units; values of different types are different, and neither is greater. */
const OPS = {
  eq: (operand: Json, place: Place): Test => { const wanted = scalar(operand, place); return (value) => value === wanted; },
  ne: (operand: Json, place: Place): Test => { const wanted = scalar(operand, place); return (value) => value !== wanted; },
  lt: compared((difference) => difference < 0),
  lte: compared((difference) => difference <= 0),
  gt: compared((difference) => difference > 0),
  gte: compared((difference) => difference >= 0),
  in: listed,
  nin: (operand: Json, place: Place): Test => { const test = listed(operand, place); return (value) => !test(value); },
  prefix: (operand: Json, place: Place): Test => { const start = text(operand, place); return (value) => typeof value === 'string' && value.startsWith(start); },
  contains: (operand: Json, place: Place): Test => {
    const part = scalar(operand, place);
    return (value) => (typeof value === 'string' ? typeof part === 'string' && value.includes(part) : Array.isArray(value) && value.includes(part));
  },
} as const;

function scalar(value: Json, { at, reading }: Place): Scalar {
  if (++reading.values > MAX.values) throw bad(at, `at most ${MAX.values} values`);
  if (value !== null && typeof value === 'object') throw bad(at, 'a text, a number, true, false or null');
  if (typeof value === 'string' && (value.length > MAX.text || !value.isWellFormed())) throw bad(at, `a text of at most ${MAX.text} characters`);
  return value;
}

function text(value: Json, place: Place): string {
  const found = scalar(value, place);
  if (typeof found !== 'string') throw bad(place.at, 'a text');
  return found;
}

const bad = (field: string, expected: string): Refusal =>
  new Refusal('invalid', 'bad_where', `where cannot be understood: expected ${expected}.`, { field, expected });
