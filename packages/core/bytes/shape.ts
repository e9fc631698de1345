import { isObject, type JsonObject } from './json.ts';
import { no, yes, type Result } from '../result.ts';

/** One field of a closed object: what it must be, in words, and the check. */
export interface Field { readonly is: string; readonly check: (value: unknown) => boolean; readonly optional?: true }
/** All fields that an object may have; any other is refused. */
export type Shape = Readonly<Record<string, Field>>;

/** Any field that may be left out (it is never null). */
export const optional = (field: Field): Field => ({ ...field, optional: true });

const text = (is: string, pattern: RegExp): Field => ({ is, check: (v) => typeof v === 'string' && pattern.test(v) });

/** The one text `value`. */
export const exactly = (value: string): Field => ({ is: `"${value}"`, check: (v) => v === value });
/** Format version 1. */
export const version1: Field = { is: '1', check: (v) => v === 1 };
/** 16 bytes as base64url, the unused bits of the last character zero. */
export const bytes16 = text('16 bytes as base64url', /^[A-Za-z0-9_-]{21}[AQgw]$/);
/** 32 bytes as base64url, the unused bits of the last character zero. */
export const bytes32 = text('32 bytes as base64url', /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);
/** 64 bytes as base64url, the unused bits of the last character zero. */
export const bytes64 = text('64 bytes as base64url', /^[A-Za-z0-9_-]{85}[AQgw]$/);
/** "c" and the base32 of 32 bytes, the unused bits of the last character zero. */
export const personaId = text('a persona id', /^c[a-z2-7]{51}[aq]$/);
/** A name that contracts may use. */
export const identifier = text('an identifier', /^[a-z][a-z0-9_]{0,62}$/);
/** A built-in service's name, or the hash that names another. */
export const serviceId: Field = { is: 'a service id', check: (v) => identifier.check(v) || bytes32.check(v) };
/** A record key: "self", 16 random bytes, a persona id, or `author/` (a persona or a service) and 16 random bytes. */
export const recordKey = text('a record key',
  /^(?:self|c[a-z2-7]{51}[aq]|(?:(?:c[a-z2-7]{51}[aq]|[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])\/)?[A-Za-z0-9_-]{21}[AQgw])$/);
/** Who made a record: a persona, or a service by the hash that names it. */
export const authorId: Field = { is: 'a persona id or a service id', check: (v) => personaId.check(v) || bytes32.check(v) };
/** A hybrid clock reading: 16 lower-case hex digits. */
export const clockText = text('16 lower-case hex digits', /^[0-9a-f]{16}$/);
/** A stored audience; a house is named by its persona id. */
export const audience = text('an audience', /^(?:only-me|close|linked|followers|members|everyone|house:c[a-z2-7]{51}[aq])$/);
/** An integer from `least` to 2^53 - 1. */
export const integer = (least: number): Field =>
  ({ is: `an integer of at least ${least}`, check: (v) => Number.isSafeInteger(v) && (v as number) >= least });

/**
 * The value as an object of exactly this shape. Codes: not_object, unknown_field, missing_field, bad_field,
 * tried in this order; fields are looked at in the order of the shape. Only own properties count.
 */
export function closed(value: unknown, shape: Shape): Result<JsonObject> {
  if (!isObject(value)) return no('not_object', 'An object was expected.');
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(shape, name)) return no('unknown_field', `There is no field ${JSON.stringify(name)}.`, name);
  }
  for (const name of Object.keys(shape)) {
    const field = shape[name]!;
    if (!Object.hasOwn(value, name)) {
      if (field.optional) continue;
      return no('missing_field', `The field ${name} is missing.`, name);
    }
    if (!field.check(value[name])) return no('bad_field', `The field ${name} must be ${field.is}.`, name);
  }
  return yes(value);
}
