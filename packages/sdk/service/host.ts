import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refusal, type Contract } from '@commonhold/core';
import type { Rotations } from '../contract/rotations.ts';
import { published } from '../contract/sign.ts';
import { ApiError } from '../error.ts';
import { makeEach, senderOf } from './sender.ts';

/** What a route is asked: the query, and the body if it was JSON. */
export interface Asked { query: URLSearchParams; body: unknown }

/** What it answers: JSON, or a file of this type. */
export type Answer = { json: unknown; status?: number } | { file: string | Uint8Array; type: string };

/** Routes by method and path: `'POST /meals'`. A Refusal that they throw is answered with its code. */
export type Routes = Readonly<Record<string, (asked: Asked) => Answer | Promise<Answer>>>;

/**
 * What a service is served with. `rotations`: how its keys followed each other, where one was replaced; `origins`: pages elsewhere that may call its
 * routes; `patienceMs`: how long a whole request may take to arrive.
 */
export interface Hosted { contract: Contract; rotations?: Rotations; routes: Routes; port: number; host?: string; origins?: readonly string[]; patienceMs?: number }

/** A service that is served. */
export interface Host extends AsyncDisposable { readonly origin: string; readonly port: number }

const WELL_KNOWN = '/.well-known/commonhold-contract';
const MOST_BYTES = 64 * 1024;
/** Requests that are answered at the same time; further ones are asked to come back. */
const AT_ONCE = 64;
/** Of these, so many of one sender; and so many connections. */
const OF_ONE = 16;
const CONNECTIONS_OF_ONE = 128;
const CONNECTIONS = 2048;
/** What arrives more slowly is not waited for. */
const PATIENCE_MS = 15_000;
const HEAD_MS = 5_000;
/** Nothing moves on a connection: its answer is not read, or the houses that a route asks, one after the other, are slow themselves. */
const IDLE_MS = 120_000;
const STATUS: { readonly [kind in Refusal['kind']]: number } = {
  invalid: 400, unauthenticated: 401, denied: 403, not_found: 404, conflict: 409, gone: 410, too_big: 413, rate_limited: 429, unavailable: 503,
};

/** Serves a service: its contract at the well-known path, for every house to fetch, and its routes. Slow senders, and many of one address, hold up nobody else. */
export async function serveService({ contract, rotations, routes, port, host = 'localhost', origins = [], patienceMs = PATIENCE_MS }: Hosted): Promise<Host> {
  const text = published(contract, rotations);
  const all: Routes = { ...routes, [`GET ${WELL_KNOWN}`]: () => ({ file: text, type: 'application/json' }) };
  const server = hardened(patienceMs, (asked, answer) => {
    void answerOne(all, asked, answer, (origin) => asked.url?.startsWith(WELL_KNOWN) ? '*' : origins.includes(origin) ? origin : null);
  });
  await listen(server, port, host);
  const bound = (server.address() as AddressInfo).port;
  return {
    origin: `http://${host}:${bound}`, port: bound,
    [Symbol.asyncDispose]: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
}

/** A server that answers so many at once, and of one sender fewer. */
function hardened(patienceMs: number, answerIt: (asked: IncomingMessage, answer: ServerResponse) => void): Server {
  const requests = makeEach(OF_ONE), connections = makeEach(CONNECTIONS_OF_ONE);
  let open = 0;
  const times = { requestTimeout: patienceMs, headersTimeout: Math.min(HEAD_MS, patienceMs), connectionsCheckingInterval: Math.min(1000, patienceMs) };
  const server = createServer(times, (asked, answer) => {
    if (open >= AT_ONCE) { turnAway(answer, 503, 'busy', 'Very much is asked here just now. Try again in a moment.'); return; }
    const leave = requests.enter(senderOf(asked.socket.remoteAddress, headerOf(asked)));
    if (!leave) { turnAway(answer, 429, 'too_many_requests', 'That is very much at once. Try again in a moment.'); return; }
    open++;
    answer.once('close', () => { open--; leave(); });
    answerIt(asked, answer);
  });
  server.timeout = IDLE_MS;
  server.maxConnections = CONNECTIONS;
  server.on('connection', (socket) => {
    const leave = connections.enter(senderOf(socket.remoteAddress, undefined));
    if (leave) socket.once('close', leave); else socket.destroy();
  });
  return server;
}

const headerOf = ({ headers }: IncomingMessage): string | undefined => { const said = headers['x-forwarded-for']; return typeof said === 'string' ? said : said?.at(-1); };

// What else comes on that connection is not waited for.
const turnAway = (answer: ServerResponse, status: number, code: string, detail: string): void => {
  answer.writeHead(status, { ...HEADERS, 'retry-after': '1', connection: 'close', 'content-type': 'application/problem+json' }).end(JSON.stringify({ type: 'about:blank', status, code, detail }));
};

const listen = (server: Server, port: number, host: string): Promise<void> => new Promise((resolve, reject) => {
  server.once('error', reject);
  server.listen(port, host, () => { server.off('error', reject); resolve(); });
});

async function answerOne(routes: Routes, asked: IncomingMessage, answer: ServerResponse, allowed: (origin: string) => string | null): Promise<void> {
  const origin = allowed(asked.headers.origin ?? '');
  const headers = { ...HEADERS, ...(origin !== null && { 'access-control-allow-origin': origin, 'access-control-allow-headers': 'content-type', vary: 'origin' }) };
  if (asked.method === 'OPTIONS') { answer.writeHead(204, headers).end(); return; }
  try {
    const made = await routed(routes, asked);
    // As text before anything is sent: what cannot be written is then a fault that is told.
    const { status, type, bytes } = 'file' in made ? { status: 200, type: made.type, bytes: made.file } : { status: made.status ?? 200, type: 'application/json', bytes: JSON.stringify(made.json) };
    answer.writeHead(status, { ...headers, 'content-type': type }).end(bytes);
  } catch (error) {
    // Whoever is gone, or was too slow, hears no more.
    if (answer.destroyed && (error as NodeJS.ErrnoException).code === 'ECONNRESET') return;
    const { status, ...problem } = problemOf(error);
    if (answer.headersSent) { answer.destroy(); return; }
    answer.writeHead(status, { ...headers, 'content-type': 'application/problem+json' }).end(JSON.stringify({ type: 'about:blank', status, ...problem }));
  }
}

async function routed(routes: Routes, asked: IncomingMessage): Promise<Answer> {
  const url = new URL(asked.url ?? '/', 'http://service');
  const name = `${asked.method === 'HEAD' ? 'GET' : asked.method} ${url.pathname}`;
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (!route) throw new Refusal('not_found', 'not_found', 'There is nothing here.');
  return route({ query: url.searchParams, body: await bodyOf(asked) });
}

function problemOf(error: unknown): { status: number; code: string; detail: string } {
  if (error instanceof Refusal) return { status: STATUS[error.kind], code: error.code, detail: error.message };
  if (error instanceof ApiError) return { status: 503, code: 'house_unreachable', detail: 'The house did not answer as it should. Try again in a moment.' };
  process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`);
  return { status: 500, code: 'internal', detail: 'Something went wrong here.' };
}

/** The page calls this service and the house of whoever uses it: https, or this machine. */
const HEADERS = {
  'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-cache',
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' https: http://localhost:* http://127.0.0.1:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

async function bodyOf(asked: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  let had = 0;
  for await (const piece of asked) {
    had += (piece as Buffer).length;
    if (had > MOST_BYTES) throw new Refusal('too_big', 'too_big', `At most ${MOST_BYTES} bytes.`);
    pieces.push(piece as Buffer);
  }
  if (had === 0) return undefined;
  try { return JSON.parse(Buffer.concat(pieces).toString('utf8')) as unknown; } catch (cause) {
    throw new Refusal('invalid', 'not_json', 'This is not JSON.', { cause });
  }
}
