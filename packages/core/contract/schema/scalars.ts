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
    const units = value.length;
    // A code point is one or two units, so most texts need no counting.
    if (units > max && (units > 2 * max || codePoints(value) > max)) return issue('too_long', `at most ${max} characters`);
    if (units < 2 * min && (units < min || codePoints(value) < min)) return issue('too_short', `at least ${min} characters`);
    return test === null || test(value) ? null : issue('format', `a ${format}`);
  };
}

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

/** Check that a value is one of these scalars. */
export function listedCheck(values: readonly unknown[]): Check {
  const allowed = new Set(values);
  const expected = values.length === 1 ? JSON.stringify(values[0]) : `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`;
  return (value) => (allowed.has(value) ? null : issue('not_listed', expected));
}
