import { Refusal } from '@commonhold/core';

const SHAPE = /^[a-z0-9][a-z0-9_.-]{0,29}$/;
const RESERVED: ReadonlySet<string> = new Set([
  'admin', 'anyone', 'blocked', 'commonhold', 'current', 'everyone', 'help', 'house', 'me', 'owner', 'profile', 'root', 'self', 'steward', 'support', 'system',
]);

/**
 * A handle in its one spelling (NFKC, lower case): 1–30 of a–z, 0–9, `_`, `.`, `-`, the first a letter or digit.
 * Refuses `bad_handle` and `handle_reserved`, both about the field person.handle.
 */
export function tidyHandle(typed: string): string {
  const handle = typed.normalize('NFKC').trim().toLowerCase();
  const expected = 'up to 30 of a–z, 0–9, _ . and -, beginning with a letter or digit';
  if (!SHAPE.test(handle)) throw new Refusal('invalid', 'bad_handle', `A handle is ${expected}.`, { field: 'person.handle', expected });
  if (RESERVED.has(handle)) {
    throw new Refusal('conflict', 'handle_reserved', `"${handle}" is kept for the house itself; please choose another.`, { field: 'person.handle' });
  }
  return handle;
}

/**
 * A name as it will be shown: trimmed, inner white space single, 1–60 characters, none of them a control or a
 * direction override. Refuses `bad_name`.
 */
export function tidyName(typed: string, field = 'person.name'): string {
  const name = typed.normalize('NFC').trim().replace(/\s+/gu, ' ');
  const expected = '1 to 60 characters on one line';
  if (name === '' || [...name].length > 60 || /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(name)) {
    throw new Refusal('invalid', 'bad_name', `A name is ${expected}.`, { field, expected });
  }
  return name;
}
