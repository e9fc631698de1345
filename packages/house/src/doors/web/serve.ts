import type { IncomingMessage } from 'node:http';
import { compileSchema, Refusal, type JsonObject } from '@commonhold/core';
import { addressOf } from './checks/address.ts';
import { readBody } from './checks/body.ts';
import { API_HEADERS } from './checks/headers.ts';
import type { Fair } from './checks/fair.ts';
import { checkGuest } from './checks/guest.ts';
import { checkApp, checkOrigin, isSecure } from './checks/host.ts';
import { checkJsonType, parseJson } from './checks/json.ts';
import type { Limits } from './checks/limits.ts';
import { callerOf, proveCaller, ratedAs } from './checks/session.ts';
import { isSigned, proveSigned, type SignedDeps, type SignedProof } from './checks/signed.ts';
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
export function makeAdmit(route: Route, deps: AdmitDeps, { limits, fair }: Rates): Admit {
  const { network } = deps;
  const prove = makeProve(route, deps, limits);
  const bodyOf = route.raw !== undefined ? makeRaw(route.raw, route.most) : route.body && makeBody(route.checks === 'gate' ? () => {} : compiled(route.body), route.most);
  const queryOf = makeQuery(route.query);
  const writes = route.method !== 'GET';
  return ({ incoming, params, search }) => {
    const { headers } = incoming;
    const secure = isSecure(network, headers.host);
    const from = addressOf(incoming, network.proxy);
    const { caller, session, byCookie, isGuest, asking, seal } = prove(incoming, { params, secure, from });
    checkFrom(route, network, headers, { byCookie, session });
    // A service listens to all who joined it at once.
    limits.take(caller.kind === 'service' && route.limit === 'live' ? 'query' : route.limit, asking);
    if (caller.kind !== 'service') checkAuth(route, session);
    if (writes && isGuest) checkGuest(route);
    const call: Call = { caller, session, params, query: queryOf(search), body: undefined, from, headers, secure };
    if (bodyOf) return bodyOf(incoming, seal).then((body) => { call.body = body; return call; });
    seal(NO_BYTES);
    return route.limit === 'page' ? (fair(asking)?.then(() => call) ?? call) : call;
  };
}

const NO_BYTES = new Uint8Array();
const unsealed = (): void => {};

/** What the checks of a route need. */
export type AdmitDeps = Pick<WebDeps, 'household' | 'network' | 'guest'> & SignedDeps;

/** Who asks; `asking` is whose rate it counts against, `seal` looks at the body before anything else does. */
interface Proven extends Pick<SignedProof, 'caller' | 'session' | 'seal'> { byCookie: boolean; isGuest: boolean; asking: string }
interface Way { params: Readonly<Record<string, string>>; secure: boolean; from: string }

function makeProve(route: Pick<Route, 'limit' | 'signed'>, deps: AdmitDeps, limits: Limits): (incoming: IncomingMessage, way: Way) => Proven {
  const { household, guest } = deps;
  return (incoming, { params, secure, from }) => {
    const { headers } = incoming;
    if (route.signed && isSigned(incoming)) {
      const proof = proveSigned(deps, incoming, { target: targetOf(incoming, secure), params, from, miss: () => limits.take(route.limit, from) });
      return { ...proof, byCookie: false, isGuest: false, asking: proof.rated };
    }
    const { session, byCookie } = proveCaller(household.sessionOf, headers, { secure, from: () => from });
    const isGuest = guest != null && session?.persona === guest.persona;
    // Whoever looks around is many people: each counts by where they come from.
    return { caller: callerOf(session), session, seal: unsealed, byCookie, isGuest, asking: isGuest ? from : ratedAs(session, () => from) };
  };
}

/** The address as it was asked. */
export const targetOf = ({ headers, url }: IncomingMessage, secure: boolean): string => `${secure ? 'https' : 'http'}://${headers.host ?? ''}${url ?? ''}`;

type TakeBody = (incoming: IncomingMessage, seal: SignedProof['seal']) => Promise<unknown>;

/** What apps of services have to do with. */
const NAMESPACE = '/pods/{persona}/{service}';

function checkFrom(route: Route, network: AdmitDeps['network'], headers: IncomingMessage['headers'], { byCookie, session }: Pick<Proven, 'byCookie' | 'session'>): void {
  if (session?.app?.grant) checkApp(headers, session);
  else if (route.method !== 'GET' && !route.anyOrigin) checkOrigin(network, headers, byCookie);
}

function checkAuth(route: Route, session: Call['session']): void {
  if (session?.app && (!route.app || (session.app.grant && !route.path.startsWith(NAMESPACE)))) throw new Refusal('denied', 'token_not_here', 'A token for a script works for the data API only.');
  if (route.auth === 'any') return;
  if (session === null) throw new Refusal('unauthenticated', 'sign_in_first', 'Please log in first.');
  if (route.auth === 'steward' && session.role !== 'steward') throw new Refusal('denied', 'steward_only', 'Only the steward of this house may do this.');
}

function makeBody(check: (value: unknown) => void, most?: number): TakeBody {
  return async (incoming, seal) => {
    const bytes = await readBody(incoming, most);
    seal(bytes);
    if (bytes.length > 0) checkJsonType(incoming.headers['content-type']);
    const value = bytes.length === 0 ? {} : parseJson(bytes);
    check(value);
    return value;
  };
}

function makeRaw(type: string, most?: number): TakeBody {
  return async (incoming, seal) => {
    const said = incoming.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (said !== type) throw new Refusal('invalid', 'bad_type', `The body must come as ${type}.`, { expected: type });
    const bytes = await readBody(incoming, most);
    seal(bytes);
    return bytes;
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
