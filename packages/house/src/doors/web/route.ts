import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '@commonhold/core';
import type { Caller, Somebody } from '../../firewall/caller.ts';
import type { Session } from '../../household/ports.ts';
import type { LimitClass } from './checks/limits.ts';

/** Who may call: anybody, whoever has a session, the steward. */
export type Auth = 'any' | 'session' | 'steward';

/** One request, checked: what a handler gets. */
export interface Call<B = unknown, Q = Record<string, never>> {
  caller: Caller;
  /** The session, or null for somebody unknown. */
  session: Session | null;
  params: Readonly<Record<string, string>>;
  query: Q;
  body: B;
  /** Where the request came from, as wrong guesses are counted. */
  from: string;
  headers: IncomingHttpHeaders;
  /** True when the browser came by https. */
  secure: boolean;
}

/** A call on a route for those who signed in. */
export type SignedInCall<B = unknown, Q = Record<string, never>> = Call<B, Q> & { session: Session; caller: Somebody };

/** What a handler answers: a value, or JSON text that is ready; neither = an empty body. */
export interface Answer { status: number; json?: unknown; text?: string; cookie?: string }

/** One route: what OpenAPI says about it is what is checked. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `{name}` for parts that vary. */
  path: string;
  summary: string;
  auth: Auth;
  limit: LimitClass;
  /** Schemas of the query and of the JSON body, of core's closed keyword list. */
  query?: JsonObject;
  body?: JsonObject;
  /** `gate`: the firewall checks the body itself, since no schema says all of it; `body` is what OpenAPI says. */
  checks?: 'gate';
  /** Media type of a body that is taken as bytes, where it is no JSON. */
  raw?: string;
  /** Bytes that the body may have, where not the usual. */
  most?: number;
  /** Status → schema of the JSON answer; null = no body. Problems are the same everywhere and added by themselves. */
  answers: Readonly<Record<number, JsonObject | null>>;
  /** Codes of the problems that this route may answer with, beyond those of every route. */
  problems?: readonly string[];
  handler: (call: Call) => Answer | Promise<Answer>;
  /** True where a token for a script works, too: the data API. */
  app?: true;
  /** True where any site may send it: nobody is known by it. */
  anyOrigin?: true;
  /** True where a request may be signed instead, by a service or by a device of somebody at home here (spec/signatures.md). */
  signed?: true;
  /** For bytes instead of JSON, sent (`in`) or given (`out`): reads the request itself; null when it has answered. Instead of `handler`. */
  bytes?: { way: 'in' | 'out'; serve: (call: Call, incoming: IncomingMessage, outgoing: ServerResponse) => Promise<Answer | null> };
  /** For event streams: takes over the answer instead of `handler`. */
  stream?: (call: SignedInCall, outgoing: ServerResponse) => void;
}

type Spec<C> = Omit<Route, 'handler' | 'stream'> & { handler: (call: C) => Answer | Promise<Answer> };

/** A route for anybody; B and Q are what `body` and `query` describe. */
export const route = <B = unknown, Q = Record<string, never>>(spec: Spec<Call<B, Q>> & { auth: 'any' }): Route =>
  ({ ...spec, handler: (call) => spec.handler(call as unknown as Call<B, Q>) });

/** A route for those who signed in. */
export const signedIn = <B = unknown, Q = Record<string, never>>(spec: Spec<SignedInCall<B, Q>> & { auth: 'session' | 'steward' }): Route =>
  ({ ...spec, handler: (call) => spec.handler(call as unknown as SignedInCall<B, Q>) });

/** 200 with a JSON body. */
export const ok = (json: unknown): Answer => ({ status: 200, json });
/** 200 with JSON text. */
export const okText = (text: string): Answer => ({ status: 200, text });
/** 201 with a JSON body and perhaps a cookie. */
export const created = (json: unknown, cookie?: string): Answer => (cookie === undefined ? { status: 201, json } : { status: 201, json, cookie });
/** 204. */
export const none = (cookie?: string): Answer => (cookie === undefined ? { status: 204 } : { status: 204, cookie });
