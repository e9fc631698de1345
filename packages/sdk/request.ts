import { ApiError, problemOf } from './error.ts';

/** How one call may differ: `signal` ends it, `keepalive` lets it outlive the page. */
export interface CallOptions { signal?: AbortSignal; keepalive?: boolean }

/** Where and how to call. `session` is a bearer token for programs; browsers send their cookie. */
export interface ClientOptions { base?: string; fetch?: typeof globalThis.fetch; session?: string }

/** One call: method, path (encoded), body as JSON, or `lines` as JSON Lines, or `bytes` as they are. */
export interface Call extends CallOptions { method?: string; body?: unknown; lines?: string; bytes?: Blob | Uint8Array<ArrayBuffer>; headers?: Record<string, string> }

/** Sends a call and reads the answer. Throws `ApiError` only, except `AbortError` when the caller's signal ended it. */
export type Send = <T>(path: string, call?: Call) => Promise<T>;

/** Opens a stream of events. Throws as `Send` does. */
export type Open = (path: string, call?: CallOptions) => Promise<ReadableStream<Uint8Array>>;

/** Encodes each part of a path, so that no id can reach another route. */
export const path = (...parts: string[]): string => `/${parts.map(encodeURIComponent).join('/')}`;

/** Appends what is set of a query. */
export function withQuery(to: string, query: Record<string, string | number | undefined>): string {
  const set = Object.entries(query).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  return set.length === 0 ? to : `${to}?${new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString()}`;
}

function init(call: Call, session: string | undefined): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json', ...call.headers };
  if (call.body !== undefined) headers['content-type'] = 'application/json';
  if (call.lines !== undefined) headers['content-type'] = 'application/x-ndjson';
  if (call.bytes !== undefined) headers['content-type'] = 'application/octet-stream';
  if (session !== undefined) headers['authorization'] = `Bearer ${session}`;
  return {
    method: call.method ?? 'GET', headers, credentials: 'same-origin',
    ...(call.bytes === undefined ? {} : { body: call.bytes }), ...(call.lines === undefined ? {} : { body: call.lines }), ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    ...(call.signal ? { signal: call.signal } : {}), ...(call.keepalive ? { keepalive: true } : {}),
  };
}

/** Binds a fetch and a base address into a call that answers whatever is not an error. */
function makeAsk({ base = '', fetch = globalThis.fetch.bind(globalThis), session }: ClientOptions): (to: string, call?: Call) => Promise<Response> {
  return async (to, call = {}) => {
    let answer: Response;
    try {
      answer = await fetch(base + to, init(call, session));
    } catch (cause) {
      if (call.signal?.aborted) throw cause;
      throw new ApiError(0, 'unreachable', 'The house did not answer.', { cause });
    }
    if (!answer.ok) throw await problemOf(answer);
    return answer;
  };
}

/** A `Send` for these options. */
export function makeSend(options: ClientOptions): Send {
  const ask = makeAsk(options);
  return async <T>(to: string, call?: Call): Promise<T> => {
    const answer = await ask(to, call);
    if (answer.status === 204) return undefined as T;
    try { return await answer.json() as T; } catch (cause) {
      if (call?.signal?.aborted) throw cause;
      throw new ApiError(0, 'unreachable', 'The answer of the house broke off.', { cause });
    }
  };
}

/** An `Open` for these options. */
export function makeOpen(options: ClientOptions): Open {
  const ask = makeAsk(options);
  return async (to, call = {}) => {
    const { body } = await ask(to, { ...call, headers: { accept: 'text/event-stream' } });
    if (body === null) throw new ApiError(0, 'unreachable', 'The house did not answer.');
    return body;
  };
}
