import type { JsonObject } from '../../bytes/json.ts';
import { FORMATS } from './formats.ts';
import { issue, type Check } from './issue.ts';

const numberOf = (schema: JsonObject, name: string): number | undefined => schema[name] as number | undefined;

/** Number of code points, as JSON Schema counts a text's length. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i);
    // Well-formed text: every high surrogate is followed by its low one.
    if (unit >= 0xd800 && unit < 0xdc00) { count--; i++; }
  }
  return count;
}

/** Check of a text: well-formed Unicode, length in code points, format. */
export function textCheck(schema: JsonObject): Check {
  const min = numberOf(schema, 'minLength') ?? 0;
  const max = numberOf(schema, 'maxLength') ?? Infinity;
  const format = schema['format'] as keyof typeof FORMATS | undefined;
  const test = format === undefined ? null : FORMATS[format];
  return (value) => {
    if (typeof value !== 'string') return issue('type', 'a text');
    if (!value.isWellFormed()) return issue('not_unicode', 'well-formed Unicode');
    if (isLonger(value, max)) return issue('too_long', `at most ${max} characters`);
    if (isShorter(value, min)) return issue('too_short', `at least ${min} characters`);
    return test === null || test(value) ? null : issue('format', `a ${format}`);
  };
}

// A code point is one or two units, so most texts need no counting.
const isLonger = (text: string, max: number): boolean => text.length > max && (text.length > 2 * max || codePoints(text) > max);
const isShorter = (text: string, min: number): boolean => text.length < 2 * min && (text.length < min || codePoints(text) < min);

/** Check of a number or a whole number, with bounds. Whole numbers stay within ±(2^53 − 1). */
export function numberCheck(schema: JsonObject, whole: boolean): Check {
  const min = numberOf(schema, 'minimum') ?? -Infinity;
  const max = numberOf(schema, 'maximum') ?? Infinity;
  const is = whole ? Number.isSafeInteger : Number.isFinite;
  return (value) => {
    if (!is(value)) return issue('type', whole ? 'a whole number' : 'a number');
    if ((value as number) < min) return issue('too_small', `at least ${min}`);
    return (value as number) > max ? issue('too_large', `at most ${max}`) : null;
  };
}

/** Check of true or false. */
export const booleanCheck: Check = (value) => (typeof value === 'boolean' ? null : issue('type', 'true or false'));

/** Check of null. */
export const nullCheck: Check = (value) => (value === null ? null : issue('type', 'null'));

/** How many of a long list an issue names. */
const SHOWN = 12;

/** Check that a value is one of these scalars. */
export function listedCheck(values: readonly unknown[]): Check {
  const allowed = new Set(values);
  const shown = values.slice(0, SHOWN).map((value) => JSON.stringify(value)).join(', ');
  const expected = values.length === 1 ? shown : `one of ${shown}${values.length > SHOWN ? ', …' : ''}`;
  return (value) => (allowed.has(value) ? null : issue('not_listed', expected));
}
