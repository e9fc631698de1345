import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebDeps } from '../ports.ts';

/** What pages of other sites may ask: the data API and, before that, for their tokens. What the house says of its doors is for all. */
const OPEN = /^\/(pods\/|oauth\/(token|revoke)(\?|$))/;
const SAID = /^\/\.well-known\/oauth-authorization-server(\?|$)/;

const PREFLIGHT = Object.freeze({
  'access-control-allow-methods': 'GET, POST', 'access-control-allow-headers': 'authorization, content-type, idempotency-key, last-event-id, range',
  'access-control-max-age': '600', 'cache-control': 'no-store',
});

/**
 * Lets the browser of somebody give an app of a service what the house answers, where that app's origin was let in by anybody here: to others it is
 * as if there were no such door. Never with cookies. True when it has answered.
 */
export function makeCors({ household, network }: Pick<WebDeps, 'household' | 'network'>): (incoming: IncomingMessage, outgoing: ServerResponse) => boolean {
  return ({ method, url = '/', headers: { origin, ...headers } }, outgoing) => {
    if (origin === undefined || network.origins.has(origin)) return false;
    const forAll = SAID.test(url);
    if (!forAll && !(OPEN.test(url) && household.apps.knows(origin))) return false;
    outgoing.setHeader('access-control-allow-origin', forAll ? '*' : origin);
    outgoing.setHeader('access-control-expose-headers', 'retry-after, content-range');
    outgoing.setHeader('vary', 'origin');
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false;
    outgoing.writeHead(204, PREFLIGHT).end();
    return true;
  };
}
