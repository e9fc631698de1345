import { isObject, type Json, type JsonObject } from '../bytes/json.ts';
import { Refusal } from '../refusal.ts';
import { no, type Result } from '../result.ts';
import { codePoints } from './schema/scalars.ts';
import { IDENTIFIER } from './names.ts';
import { pointerName } from './schema/issue.ts';

/** Ends the reading of a contract: stable code, JSON pointer, sentence. parseContract turns it into a Result. */
export function stop(code: string, at: string, message: string): never {
  throw new Refusal('invalid', code, message, { field: at });
}

/** What `work` answers, or the no that it was stopped with; any other error is a bug and goes on. */
export function unlessStopped<T>(work: () => Result<T>): Result<T> {
  try { return work(); } catch (error) {
    if (error instanceof Refusal) return no(error.code, error.message, error.field);
    throw error;
  }
}

/** One step further down a JSON pointer. */
export const step = (at: string, name: string | number): string => `${at}/${pointerName(name)}`;

/** An object that has these members and no others. */
export function closed(value: Json | undefined, at: string, needed: readonly string[], optional: readonly string[] = []): JsonObject {
  const object = anObject(value, at);
  for (const name of Object.keys(object)) {
    if (!needed.includes(name) && !optional.includes(name)) stop('unknown_member', step(at, name), 'The format has no such member.');
  }
  for (const name of needed) if (!Object.hasOwn(object, name)) stop('missing_member', step(at, name), 'This member is needed.');
  return object;
}

/** Any object. */
export const anObject = (value: Json | undefined, at: string): JsonObject =>
  isObject(value) ? value : stop('wrong_type', at, 'An object is expected here.');

/** A list of at most `max` different texts, not empty unless `min` is 0. */
export function texts(value: Json | undefined, at: string, max: number, min = 1): string[] {
  const items = aList(value, at, max, min);
  const seen = new Set<string>();
  for (const [i, item] of items.entries()) {
    if (typeof item !== 'string') return stop('wrong_type', step(at, i), 'A text is expected here.');
    if (seen.has(item)) stop('duplicate', step(at, i), 'This is said twice.');
    seen.add(item);
  }
  return [...seen];
}

/** A list of `min` to `max` values. */
export function aList(value: Json | undefined, at: string, max: number, min = 1): Json[] {
  if (!Array.isArray(value)) return stop('wrong_type', at, 'A list is expected here.');
  if (value.length < min) stop('too_few', at, `At least ${min}.`);
  if (value.length > max) stop('too_many', at, `At most ${max}.`);
  return value;
}

/** One of a closed list of texts. */
export const oneOf = <T extends string>(value: Json | undefined, at: string, allowed: readonly T[], code = 'not_listed'): T =>
  allowed.find((name) => name === value) ?? stop(code, at, `One of: ${allowed.join(', ')}.`);

/** An identifier. */
export const identifier = (value: Json | undefined, at: string): string =>
  typeof value === 'string' && IDENTIFIER.test(value) ? value : stop('bad_name', at, 'A small letter, then small letters, digits or _, at most 63.');

/** A whole number within bounds. */
export const count = (value: Json | undefined, at: string, max: number): number =>
  Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= max ? (value as number)
    : stop('bad_number', at, `A whole number from 1 to ${max}.`);

/** Text for people: 1 to `max` characters, without controls or marks that turn the direction of writing. */
export function words(value: Json | undefined, at: string, max: number): string {
  if (typeof value !== 'string') return stop('wrong_type', at, 'A text is expected here.');
  if (!value.isWellFormed() || UNSAFE.test(value) || value.trim() === '') stop('bad_text', at, 'Plain words, without control characters.');
  if (codePoints(value) > max) stop('bad_text', at, `At most ${max} characters.`);
  return value;
}
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
