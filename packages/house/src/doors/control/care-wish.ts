import { isObject, Refusal, type JsonObject } from '@commonhold/core';
import type { CareWish } from './port.ts';

const ROLES = ['steward', 'member'] as const;
const ACTS = ['none', 'hide', 'warn', 'suspend', 'unshelve'] as const;
const MOST_DAYS = 366;

/** What was sent to /control/care, checked. Refuses `bad_care`. */
export function careWishOf(value: unknown): CareWish {
  if (!isObject(value)) throw bad('do', 'an object');
  const more = { ...(value['words'] === undefined ? {} : { words: textOf(value, 'words', 1000) }), ...(value['off'] === true && { off: true }) };
  switch (value['do']) {
    case 'hide': return { do: 'hide', post: textOf(value, 'post', 300), ...more };
    case 'suspend': case 'expel': return { do: value['do'], who: textOf(value, 'who', 64), ...daysOf(value['days']), ...more };
    case 'role': return { do: 'role', who: textOf(value, 'who', 64), role: oneOf(value['role'], 'role', ROLES) };
    case 'answer': return { do: 'answer', report: textOf(value, 'report', 64), act: oneOf(value['act'], 'act', ACTS), ...more };
    default: throw bad('do', 'hide, suspend, expel, role or answer');
  }
}

const bad = (field: string, expected: string): Refusal => new Refusal('invalid', 'bad_care', `"${field}" must be ${expected}.`, { field, expected });

function textOf(value: JsonObject, field: string, most: number): string {
  const text = value[field];
  if (typeof text === 'string' && text.trim() !== '' && [...text].length <= most) return text.trim();
  throw bad(field, `a text of 1 to ${most} characters`);
}

function oneOf<T extends string>(value: unknown, field: string, all: readonly T[]): T {
  const found = all.find((one) => one === value);
  if (found === undefined) throw bad(field, all.join(' or '));
  return found;
}

function daysOf(days: unknown): { days?: number } {
  if (days === undefined) return {};
  if (Number.isInteger(days) && (days as number) >= 1 && (days as number) <= MOST_DAYS) return { days: days as number };
  throw bad('days', `a whole number from 1 to ${MOST_DAYS}`);
}
