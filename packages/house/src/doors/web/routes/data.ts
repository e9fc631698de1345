import type { WebDeps } from '../ports.ts';
import { none, ok, okText, route, signedIn, type Call, type Route } from '../route.ts';
import { named, shape, text } from '../shapes.ts';
import { DATA_BODIES } from '../shapes-data.ts';
import type { WatchHub } from '../watch.ts';
import { idempotencyKey } from './idempotency.ts';

const BASE = '/pods/{persona}/{service}';
const PUT_BYTES = 1024 * 1024;
const FINDING = ['not_found', 'unknown_field', 'bad_where'];
/** What a service may have signed wrongly. */
const SIGNING = ['offer_wrong_owner', 'offer_wrong_place', 'offer_wrong_key', 'offer_wrong_op', 'offer_key', 'offer_expired', 'offer_too_long', 'wrong_body', 'bad_signature'];
const WRITING = ['not_found', 'bad_idempotency_key', 'key_reused', 'services_full', 'bad_items', ...SIGNING];

/** The data API for clients: the gate checks and decides, this translates (docs/data-api.md). */
export function dataRoutes({ gate }: Pick<WebDeps, 'gate'>, hub: WatchHub): Route[] {
  const { data } = gate;
  const path = (verb: string): string => `${BASE}/{collection}/${verb}`;
  return [
    route({
      method: 'POST', path: path('query'), summary: 'Records that are for you: found, sorted, a page at a time', auth: 'any', limit: 'query', app: true, signed: true, body: DATA_BODIES.query, checks: 'gate',
      answers: { 200: named('Records') }, problems: [...FINDING, 'bad_cursor', 'before_or_after', 'reach_not_yours', 'bad_relation'],
      handler: async ({ caller, params, body }) => okText(await data.query(caller, targetOf(params), body)),
    }),
    route({
      method: 'POST', path: path('count'), summary: 'How many records are for you, exactly, perhaps by the value of a field', auth: 'any', limit: 'query', app: true, signed: true, body: DATA_BODIES.count, checks: 'gate',
      answers: { 200: named('Counted') }, problems: [...FINDING, 'too_many_groups'],
      handler: async ({ caller, params, body }) => ok(await data.count(caller, targetOf(params), body)),
    }),
    signedIn({
      method: 'POST', path: path('put'), summary: 'Add records, or change those whose key is there; all or none', auth: 'session', limit: 'write', app: true, signed: true, body: DATA_BODIES.put, checks: 'gate', most: PUT_BYTES,
      answers: { 200: named('Put') }, problems: [...WRITING, 'bad_body', 'bad_key', 'bad_audience', 'limit_reached', 'item_too_big', 'version_conflict'],
      handler: async (call) => ok(await data.put(call.caller, targetOf(call.params), call.body, onceOf(call))),
    }),
    signedIn({
      method: 'POST', path: path('patch'), summary: 'Set fields of all records that match; a service: change these', auth: 'session', limit: 'write', app: true, signed: true, body: DATA_BODIES.patch, checks: 'gate',
      answers: { 200: named('Changed') }, problems: [...WRITING, ...FINDING, 'where_needed', 'nothing_to_set', 'too_many_matches', 'bad_body', 'item_too_big', 'version_conflict', 'try_again'],
      handler: async (call) => ok(await data.patch(call.caller, targetOf(call.params), call.body, onceOf(call))),
    }),
    signedIn({
      method: 'POST', path: path('remove'), summary: 'Remove all records that match; a service: these', auth: 'session', limit: 'write', app: true, signed: true, body: DATA_BODIES.remove, checks: 'gate',
      answers: { 200: named('Changed') }, problems: [...WRITING, ...FINDING, 'where_needed', 'too_many_matches', 'bad_key', 'try_again'],
      handler: async (call) => ok(await data.remove(call.caller, targetOf(call.params), call.body, onceOf(call))),
    }),
    {
      method: 'GET', path: `${BASE}/watch`, auth: 'session', limit: 'live', app: true, signed: true, answers: { 200: { type: 'string', description: 'text/event-stream' } },
      summary: 'Records as they are and as they change (server-sent): put {collection, key, …}, remove {collection, key}, ready {}, count {collection, count}; each with a position as its id; where: the JSON of a Where, of both',
      query: shape({ 'collections?': text(1200, 1), 'counts?': text(1200, 1), 'where?': text(4000, 2), 'since?': text(200, 1) }), problems: [...FINDING, 'bad_collections', 'bad_cursor', 'position_gone'],
      handler: () => none(), stream: (call, outgoing) => hub.open(call as unknown as Parameters<WatchHub['open']>[0], outgoing),
    },
  ];
}

const targetOf = (params: Call['params']): { persona: string; service: string; collection: string } =>
  ({ persona: params['persona']!, service: params['service']!, collection: params['collection']! });

const onceOf = ({ headers }: Call): string | undefined => idempotencyKey(headers['idempotency-key']).idempotencyKey;
