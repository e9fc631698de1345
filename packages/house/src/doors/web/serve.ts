import type { IncomingMessage } from 'node:http';
import { compileSchema, Refusal, type JsonObject } from '@commonhold/core';
import { addressOf } from './checks/address.ts';
import { readBody } from './checks/body.ts';
import { API_HEADERS } from './checks/headers.ts';
import type { Fair } from './checks/fair.ts';
import { checkGuest } from './checks/guest.ts';
import { checkOrigin, isSecure } from './checks/host.ts';
import { checkJsonType, parseJson } from './checks/json.ts';
import type { Limits } from './checks/limits.ts';
import { callerOf, proveCaller, ratedAs } from './checks/session.ts';
import type { WebDeps } from './ports.ts';
import { dotted, type Reply } from './problem.ts';
import type { Answer, Call, Route } from './route.ts';

/** One request on one route. */
export interface Asked { incoming: IncomingMessage; params: Readonly<Record<string, string>>; search: string }

/** Everything that is checked before a handler runs, cheapest first; answers the call. */
export type Admit = (asked: Asked) => Call | Promise<Call>;

/** What keeps one caller from taking everybody's time. */
export interface Rates { limits: Limits; fair: Fair }

/** Builds the checks of one route. Throws at boot when a schema is not of the closed keyword list. */
export function makeAdmit(route: Route, { household, network, guest }: Pick<WebDeps, 'household' | 'network' | 'guest'>, { limits, fair }: Rates): Admit {
  const bodyOf = route.raw !== undefined ? makeRaw(route.raw, route.most) : route.body && makeBody(route.checks === 'gate' ? () => {} : compiled(route.body), route.most);
  const queryOf = makeQuery(route.query);
  const writes = route.method !== 'GET';
  return ({ incoming, params, search }) => {
    const { headers } = incoming;
    const secure = isSecure(network, headers.host);
    const from = addressOf(incoming, network.proxy);
    const { session, byCookie } = proveCaller(household.sessionOf, headers, { secure, from: () => from });
    if (writes) checkOrigin(network, headers, byCookie);
    const isGuest = guest && session?.persona === guest.persona;
    // Whoever looks around is many people: each counts by where they come from.
    const asking = isGuest ? from : ratedAs(session, () => from);
    limits.take(route.limit, asking);
    checkAuth(route, session);
    if (writes && isGuest) checkGuest(route);
    const call: Call = { caller: callerOf(session), session, params, query: queryOf(search), body: undefined, from, headers, secure };
    if (!bodyOf) return route.limit === 'page' ? (fair(asking)?.then(() => call) ?? call) : call;
    return bodyOf(incoming).then((body) => { call.body = body; return call; });
  };
}

function checkAuth(route: Route, session: Call['session']): void {
  if (session?.app && !route.app) throw new Refusal('denied', 'token_not_here', 'A token for a script works for the data API only.');
  if (route.auth === 'any') return;
  if (session === null) throw new Refusal('unauthenticated', 'sign_in_first', 'Please log in first.');
  if (route.auth === 'steward' && session.role !== 'steward') throw new Refusal('denied', 'steward_only', 'Only the steward of this house may do this.');
}

function makeBody(check: (value: unknown) => void, most?: number): (incoming: IncomingMessage) => Promise<unknown> {
  return async (incoming) => {
    const bytes = await readBody(incoming, most);
    if (bytes.length > 0) checkJsonType(incoming.headers['content-type']);
    const value = bytes.length === 0 ? {} : parseJson(bytes);
    check(value);
    return value;
  };
}

function makeRaw(type: string, most?: number): (incoming: IncomingMessage) => Promise<unknown> {
  return async (incoming) => {
    const said = incoming.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (said !== type) throw new Refusal('invalid', 'bad_type', `The body must come as ${type}.`, { expected: type });
    return readBody(incoming, most);
  };
}

function makeQuery(schema: JsonObject | undefined): (search: string) => Record<string, never> {
  if (!schema) return () => ({});
  const check = compiled(schema);
  const numbers = new Set(Object.entries((schema['properties'] ?? {}) as Record<string, JsonObject>).filter(([, one]) => one['type'] === 'integer').map(([name]) => name));
  return (search) => {
    const query: Record<string, string | number> = {};
    for (const [name, text] of new URLSearchParams(search)) {
      if (name === '__proto__' || Object.hasOwn(query, name)) throw new Refusal('invalid', 'duplicate_name', 'A query has a name twice.', { field: name.slice(0, 80) });
      query[name] = numbers.has(name) && /^\d{1,15}$/.test(text) ? Number(text) : text;
    }
    check(query);
    return query as Record<string, never>;
  };
}

function compiled(schema: JsonObject): (value: unknown) => void {
  const made = compileSchema(schema);
  if (!made.ok) throw new TypeError(`${made.code} ${made.at ?? ''}`);
  return (value) => {
    const issue = made.value(value);
    if (issue === null) return;
    const field = dotted(issue.field);
    throw new Refusal('invalid', issue.code, `${field === '' ? 'The body' : field}: expected ${issue.expected}.`, { field, expected: issue.expected });
  };
}

/** An answer as it goes out. */
export function replyOf({ status, json, text, cookie }: Answer): Reply {
  const headers: Record<string, string> = { ...API_HEADERS };
  if (cookie !== undefined) headers['set-cookie'] = cookie;
  const body = text ?? (json === undefined ? '' : JSON.stringify(json));
  if (body !== '') headers['content-type'] = 'application/json';
  return { status, headers, body };
}
