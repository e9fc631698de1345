import type { Joined, Present, Signed } from '@commonhold/core';
import { path, withQuery, type CallOptions, type Send } from './request.ts';

/** One collection of one persona's pod. */
export interface Collection { persona: string; service: string; collection: string }

/** A record as it is for the caller. `version` is there when all of it is for them; pass it as `ifVersion`. */
export interface DataRecord<B = Record<string, unknown>> { key: string; author: string; at: string; audience: string; version?: string; body: B }

/** What a field may be compared with. */
export type Scalar = string | number | boolean | null;
/** Comparisons of one field, all of which hold. What is not there, or not for the caller, is null. */
export interface Comparison {
  eq?: Scalar; ne?: Scalar; lt?: string | number; lte?: string | number; gt?: string | number; gte?: string | number;
  in?: Scalar[]; nin?: Scalar[]; prefix?: string; contains?: Scalar;
}
/** Conditions by field (`$key`, `$author`, `$at`, `$audience` are fields, too), all of which hold. */
export type Where = { [field: string]: Comparison } | { all?: Where[]; any?: Where[]; not?: Where };

/** Which records, in which order: `-` before a name turns it around. `after` and `before` are cursors of an earlier answer. */
export interface Query { where?: Where; select?: string[]; order?: string[]; first?: number; after?: string; before?: string; reach?: { linked: string[]; deadlineMs?: number } }
/**
 * A record that was found: `cursor` goes on from it, `origin` is the persona whose pod it is in, `proof` says who vouches for it
 * (`home`: the house where that pod lives).
 */
export interface FoundRecord<B = Record<string, unknown>> extends DataRecord<B> { cursor: string; origin: string; proof: 'home' }
/** What came of one pod that a query reached. */
export type Origin = { persona: string; ok: true; count: number } | { persona: string; ok: false; problem: string };
/** A page; a cursor is null where nothing follows. */
export interface Records<B = Record<string, unknown>> { items: FoundRecord<B>[]; prev: string | null; next: string | null; origins?: Origin[] }
/** A record to be written; `ifVersion` null: only if there is none. */
export interface NewRecord { key?: string; body: Record<string, unknown>; audience?: string; ifVersion?: string | null }
/** How many; by value when asked for. */
export interface Counted { count: number; groups?: { value: unknown; count: number }[] }

const at = ({ persona, service, collection }: Collection, last: string): string => path('pods', persona, service, collection, last);
const once = (key: string | undefined): { headers?: Record<string, string> } => (key === undefined ? {} : { headers: { 'idempotency-key': key } });

/** The data API (docs/data-api.md). Denied and absent are one refusal, `not_found`. */
export const data = (send: Send) => ({
  /** One record. */
  get: <B = Record<string, unknown>>(where: Collection, key: string, options?: CallOptions) => send<DataRecord<B>>(at(where, key), options),
  /** That somebody joined a service, and the key log to check it by (core's `verifyJoined`): for themselves, the service and its members. `challenge`: the service itself is answered that they are there (core's `verifyPresent`). */
  joined: ({ persona, service, challenge }: Pick<Collection, 'persona' | 'service'> & { challenge?: string }, options?: CallOptions) =>
    send<{ joined: Signed<Joined>; keyLog: Signed[]; present?: Signed<Present> }>(withQuery(path('pods', persona, service, 'joined'), { challenge }), options),
  /** A page of records. */
  query: <B = Record<string, unknown>>(where: Collection, query: Query = {}, options?: CallOptions) => send<Records<B>>(at(where, 'query'), { ...options, method: 'POST', body: query }),
  /** How many there are, exactly. */
  count: (where: Collection, query: { where?: Where; by?: string } = {}, options?: CallOptions) => send<Counted>(at(where, 'count'), { ...options, method: 'POST', body: query }),
  /** Sends a picture or another file to one's own pod; a record names it by `blob` within a day. 409 `pod_full`. */
  uploadBlob: ({ persona, service }: Pick<Collection, 'persona' | 'service'>, bytes: Blob | Uint8Array<ArrayBuffer>, options?: CallOptions) =>
    send<{ blob: string; bytes: number }>(path('pods', persona, service, 'blobs'), { ...options, method: 'POST', bytes }),
  /** Adds or changes up to 100 records, all or none. 409 `version_conflict`. The same idempotency key twice writes once. */
  put: (where: Collection, items: NewRecord[], idempotencyKey?: string) => send<{ items: { key: string; version?: string }[] }>(at(where, 'put'), { method: 'POST', body: { items }, ...once(idempotencyKey) }),
  /** Sets fields of what matches; null takes one away. */
  patch: (where: Collection, which: Where, set: Record<string, unknown>, idempotencyKey?: string) =>
    send<{ count: number }>(at(where, 'patch'), { method: 'POST', body: { where: which, set }, ...once(idempotencyKey) }),
  /** Removes what matches. */
  remove: (where: Collection, which: Where, idempotencyKey?: string) => send<{ count: number }>(at(where, 'remove'), { method: 'POST', body: { where: which }, ...once(idempotencyKey) }),
  /** Hands in what another device of the person wrote: lines of an export, at most 8 MiB, each lane up to a head signature. All or none; what is there already changes nothing. */
  receive: (persona: string, lines: string) => send<{ applied: number; known: number; parked: number; conflicts: number }>(path('pods', persona, 'records'), { method: 'POST', lines }),
});

/** The path of a file that a record names. */
export const blobPath = ({ persona, service, collection }: Collection, key: string, blob: string): string => path('pods', persona, service, collection, key, 'blobs', blob);

/**
 * What is watched, and of which collections the number is told (`counts`), both as far as `where` says; `since` is the id of the last event of
 * the same watch, or `now`.
 */
export interface Watched { persona: string; service: string; collections: string[]; counts?: string[]; where?: Where; since?: string }
/** An event of a watch. `ready`: all that was missed has been told. With `where`, a `remove` may be of a record that was never told. */
export type DataEvent = { id: string } & (
  | { type: 'put'; data: DataRecord & { collection: string } }
  | { type: 'remove'; data: { collection: string; key: string } }
  | { type: 'count'; data: { collection: string; count: number } }
  | { type: 'ready'; data: Record<string, never> }
  | { type: 'session-ended'; data: Record<string, never> });

/** The address of a watch. */
export const watchPath = ({ persona, service, collections, counts, where, since }: Watched): string =>
  withQuery(path('pods', persona, service, 'watch'), { collections: collections.join() || undefined, counts: counts?.join() || undefined, where: where && JSON.stringify(where), since });

/** Reads the events of a stream until it ends. */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<DataEvent> {
  const decoder = new TextDecoder();
  // Not every browser can iterate over a stream.
  const reader = body.getReader();
  try {
    let rest = '';
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const frames = (rest + decoder.decode(read.value, { stream: true })).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) {
        const event = eventOf(frame);
        if (event) yield event;
      }
    }
  } finally { await reader.cancel(); }
}

function eventOf(frame: string): DataEvent | null {
  const fields = new Map(frame.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
  const type = fields.get('event');
  return type === undefined ? null : { type, id: fields.get('id') ?? '', data: JSON.parse(fields.get('data') ?? '{}') as object } as DataEvent;
}
