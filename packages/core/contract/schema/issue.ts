/** The first thing wrong with a value. `field` is a JSON pointer into it ('' = the whole), `code` is stable. */
export interface Issue { readonly field: string; readonly expected: string; readonly code: IssueCode }

/** Every code an Issue may carry (spec/contract.md, "Checking a body"). */
export type IssueCode =
  | 'type' | 'required' | 'unknown_field' | 'too_short' | 'too_long' | 'too_small' | 'too_large' | 'too_few' | 'too_many'
  | 'not_listed' | 'duplicate' | 'format' | 'not_unicode' | 'too_deep' | 'unknown_collection';

/** A compiled schema: the first issue of a value, or null. Never throws, bounded in depth. */
export type Validator = (value: unknown) => Issue | null;

/** Inner form of a validator; `depth` counts how far down the value we are. */
export type Check = (value: unknown, depth: number) => Issue | null;

/** An issue at the value itself. */
export const issue = (code: IssueCode, expected: string, field = ''): Issue => ({ field, expected, code });

/** The same issue, seen from the object or list around it. */
export const within = (name: string | number, inner: Issue): Issue =>
  ({ field: `/${pointerName(name)}${inner.field}`, expected: inner.expected, code: inner.code });

/** A name as one step of a JSON pointer (RFC 6901), cut short so that hostile names are not echoed at length. */
export const pointerName = (name: string | number): string =>
  typeof name === 'number' || PLAIN.test(name) ? String(name) : name.slice(0, 80).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1');
const PLAIN = /^\w{0,80}$/;
