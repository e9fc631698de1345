import { compileSchema, isObject, Refusal, type JsonObject } from '@commonhold/core';

/** Checks a request against a closed shape; refuses with the code of the issue. Throws TypeError for a schema of other keywords. */
export function checker(properties: JsonObject, required: string[] = []): (value: unknown, at?: string) => void {
  const made = compileSchema({ type: 'object', properties, required, additionalProperties: false });
  if (!made.ok) throw new TypeError(`${made.code} ${made.at ?? ''}`);
  return (value, at = '') => {
    const issue = made.value(value);
    if (issue !== null) throw new Refusal('invalid', issue.code, `The request is not what it should be: expected ${issue.expected}.`, { field: at + issue.field, expected: issue.expected });
  };
}

/** The request as an object. Refuses `type`. */
export function objectOf(value: unknown, at = ''): JsonObject {
  if (isObject(value)) return value;
  throw new Refusal('invalid', 'type', 'The request is not what it should be: expected an object.', { field: at, expected: 'an object' });
}

/** A name of a field, with room for a sign before it. */
export const FIELD: JsonObject = { type: 'string', minLength: 1, maxLength: 64 };
