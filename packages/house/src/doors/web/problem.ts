import { randomUUID } from 'node:crypto';
import { Refusal, type RefusalKind } from '@commonhold/core';
import { storageRefusal } from '../../sqlite/storage-refusal.ts';
import { API_HEADERS } from './checks/headers.ts';
import type { Log } from './ports.ts';

/** A finished answer: what either way of writing it needs. */
export interface Reply {
  status: number; headers: Record<string, string>; body: string;
  /** It is told late, to whoever floods the house; a wrong guess that is counted costs nothing to refuse at once. */
  late?: true;
}

/** The one mapping of refusals to HTTP. */
export const STATUS: Readonly<Record<RefusalKind, number>> = {
  invalid: 400, unauthenticated: 401, denied: 403, not_found: 404, conflict: 409, gone: 410, too_big: 413, rate_limited: 429, unavailable: 503,
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request', 401: 'Please log in', 403: 'Not allowed', 404: 'Not found', 409: 'Conflict', 410: 'Gone', 413: 'Too big', 416: 'Nothing there',
  421: 'Wrong host', 429: 'Too many requests', 500: 'Something broke', 503: 'Not now',
};

/** problem+json (RFC 9457) for a status, code and sentence. */
export function problem(status: number, code: string, detail: string, more: { field?: string | undefined; expected?: string | undefined; retryAfter?: number | undefined } = {}): Reply {
  const { field, expected, retryAfter } = more;
  const body = { type: `urn:commonhold:problem:${code}`, title: TITLES[status], status, code, detail, field, expected };
  const headers: Record<string, string> = { ...API_HEADERS, 'content-type': 'application/problem+json' };
  if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  if (status === 413) headers['connection'] = 'close';
  return { status, headers, body: JSON.stringify(body), ...(code === 'too_many_requests' && { late: true }) };
}

/** The answer for whatever was thrown: a refusal says why (the log hears of disks, too); anything else only a number that the log has too. */
export function problemOf(thrown: unknown, log: Log, route: string): Reply {
  const error = storageRefusal(thrown);
  if (error instanceof Refusal) {
    if (error.kind === 'unavailable' && error.cause !== undefined) log('trouble', { code: error.code, say: error.message });
    const { kind, code, message, field, expected, retryAfter } = error;
    return problem(STATUS[kind], code, message, { field: field && dotted(field), expected, retryAfter });
  }
  const id = randomUUID();
  log('fault', { id, route, ...traceOf(error) });
  return problem(500, 'fault', `Something broke in the house. The log has it under ${id}.`);
}

/** A JSON pointer (/person/handle) as the API names fields (person.handle). */
export const dotted = (field: string): string => (field.startsWith('/') ? field.slice(1).replaceAll('/', '.') : field);

// Only names and places: a message may quote what somebody wrote.
function traceOf(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 8).map((line) => line.trim());
  return { error: error.name, frames: frames.join(' < ') };
}

/** Host is not one of the house's: the same for every route. */
export const WRONG_HOST: Reply = problem(421, 'wrong_host', 'This house does not answer to that name. Open it by one of the addresses that it printed.');

/** A write that came to a proxy without encryption. */
export const HTTPS_ONLY: Reply = problem(403, 'https_only', 'This house is reached by https alone. Open its address anew.');

/** Denied and absent, in the same bytes. */
export const NOT_FOUND: Reply = problem(404, 'not_found', 'There is nothing here, or not for you.');

/** Many requests in one breath of one connection. */
export const TOO_FAST: Reply = problem(429, 'too_many_requests', 'Too many requests at once. Please wait a second.', { retryAfter: 1 });
