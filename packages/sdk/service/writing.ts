import { frame, patched, sayAsService, toBase64Url, type JsonObject, type Said, type ServiceItem, type Suite } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import type { Client } from '../client.ts';
import type { Collection, FoundRecord, NewRecord, Where } from '../data.ts';
import { ApiError } from '../error.ts';
import { path, type Send } from '../request.ts';

/** By what records are signed. `isSingle`: whether a collection has one record alone, by the contract. */
export interface WritingAs { seed: Uint8Array; isSingle(collection: string): boolean; suite?: Suite; now?: () => number }

/** Records of one request, and of one `patch` or `remove`, as houses take them. */
const AT_ONCE = 100;
const MOST = 500;
const KEY_BYTES = 16;

/**
 * `put`, `patch` and `remove` of the data API for a service itself: each record is signed with its key (spec/record.md, "Offers of services"),
 * which no house has. What it adds is its own; `patch` and `remove` also reach what its owner made, as far as the contract lets it. `patch`
 * changes what it may read whole; `remove` finds by any `where` what it may read, and removes by key (`{$key: {in: […]}}`) what it may not.
 * More than 100 records go in several requests, each all or none.
 */
export function writingAs(send: Send, query: Client['data']['query'], { seed, isSingle, suite = nobleSuite, now = Date.now }: WritingAs): Pick<Client['data'], 'put' | 'patch' | 'remove'> {
  const say = ({ persona, service, collection }: Collection, said: Pick<Said, 'key' | 'body'>): ServiceItem =>
    sayAsService(suite, { owner: persona, service, collection, ...said }, { seed, now: now() });
  const post = <T>({ persona, service, collection }: Collection, verb: string, items: readonly object[], idempotencyKey?: string): Promise<T> =>
    send<T>(path('pods', persona, service, collection, verb), { method: 'POST', body: { items }, ...(idempotencyKey === undefined ? {} : { headers: { 'idempotency-key': idempotencyKey } }) });
  const inParts = async (where: Collection, verb: string, items: readonly object[], idempotencyKey?: string): Promise<{ count: number }> => {
    let count = 0;
    for (let from = 0; from < items.length; from += AT_ONCE) {
      const part = idempotencyKey === undefined || from === 0 ? idempotencyKey : `${idempotencyKey}.${from}`;
      count += (await post<{ count: number }>(where, verb, items.slice(from, from + AT_ONCE), part)).count;
    }
    return { count };
  };
  return {
    put: (where, items, idempotencyKey) => post(where, 'put', items.map(({ key, body, ...rest }: NewRecord, i) =>
      ({ ...rest, ...say(where, { key: isSingle(where.collection) ? 'self' : wholeKey(where.service, key ?? drawn(suite, seed, where, idempotencyKey, i)), body: body as JsonObject }) })), idempotencyKey),
    patch: async (where, which, set, idempotencyKey) => {
      const found = await matching(query, where, which);
      const items = found.filter(({ version }) => version !== undefined).map(({ key, body, version }) => ({ key, version, had: body as JsonObject, body: patched(body as JsonObject, set as JsonObject) }));
      return inParts(where, 'patch', items.filter(({ had, body }) => JSON.stringify(had) !== JSON.stringify(body)).map(({ key, body, version }) => ({ ...say(where, { key, body }), ifVersion: version })), idempotencyKey);
    },
    remove: async (where, which, idempotencyKey) => {
      const keys = keysIn(which) ?? (await matching(query, where, which)).map(({ key }) => key);
      return inParts(where, 'remove', keys.map((key) => say(where, { key })), idempotencyKey);
    },
  };
}

const wholeKey = (service: string, key: string): string => (key.includes('/') ? key : `${service}/${key}`);

// Under a key of idempotency the same records, whenever it is asked again.
function drawn(suite: Suite, seed: Uint8Array, { persona, service, collection }: Collection, idempotencyKey: string | undefined, i: number): string {
  const bytes = idempotencyKey === undefined ? suite.random(KEY_BYTES) : suite.sha256(frame('commonhold/service-once/1', seed, persona, service, collection, idempotencyKey, i)).subarray(0, KEY_BYTES);
  return toBase64Url(bytes);
}

function keysIn(which: Where): string[] | null {
  const [only, ...more] = Object.entries(which as { [field: string]: { eq?: unknown; in?: unknown } });
  if (more.length > 0 || only?.[0] !== '$key') return null;
  const { eq, in: some, ...rest } = only[1];
  if (Object.keys(rest).length > 0 || (eq === undefined) === (some === undefined)) return null;
  const keys = some ?? [eq];
  return Array.isArray(keys) && keys.every((key) => typeof key === 'string') ? keys : null;
}

async function matching(query: Client['data']['query'], where: Collection, which: Where): Promise<FoundRecord[]> {
  if (Object.keys(which).length === 0) throw new ApiError(400, 'where_needed', 'Say which records are meant: where has no condition.', { field: 'where' });
  const { items, next } = await query(where, { where: which, first: MOST });
  if (next !== null) throw new ApiError(409, 'too_many_matches', `More than ${MOST} records match. Ask for fewer; nothing was changed.`, { field: 'where' });
  return items;
}
