import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type Context } from 'hono';
import { isObject, Refusal, type JsonObject } from '@commonhold/core';
import { makeApp } from './app.ts';
import { makeBreath } from './checks/breath.ts';
import { carrierOf } from './checks/carrier.ts';
import { makeFair } from './checks/fair.ts';
import { takeForwarded } from './forward.ts';
import { makeCors } from './checks/cors.ts';
import { hurry } from './checks/pace.ts';
import { isOwnHost, isTrusted } from './checks/host.ts';
import { LIMITS, makeLimits, type Limit, type LimitClass } from './checks/limits.ts';
import { makeFirst } from './first.ts';
import { makeHot } from './hot.ts';
import { makeLiveHub } from './live.ts';
import { openapi } from './openapi.ts';
import type { WebDeps } from './ports.ts';
import { NOT_FOUND, problem, problemOf, TOO_FAST, WRONG_HOST, type Reply } from './problem.ts';
import { makePublicFace } from './public/index.ts';
import type { Route, SignedInCall } from './route.ts';
import { backupRoutes } from './routes/backups.ts';
import { blobRoutes } from './routes/blobs.ts';
import { careRoutes } from './routes/care.ts';
import { enterRoutes } from './routes/enter.ts';
import { exportRoutes } from './routes/export.ts';
import { healthRoutes } from './routes/health.ts';
import { housePageRoutes } from './routes/house-page.ts';
import { houseRoutes } from './routes/house.ts';
import { identityRoutes } from './routes/identity.ts';
import { importRoutes } from './routes/imports.ts';
import { inviteRoutes } from './routes/invites.ts';
import { jobRoutes } from './routes/jobs.ts';
import { keyRoutes } from './routes/keys.ts';
import { laterRoutes } from './routes/later.ts';
import { liveRoutes } from './routes/live.ts';
import { logRoutes } from './routes/log.ts';
import { meRoutes } from './routes/me.ts';
import { microblogRoutes } from './routes/microblog.ts';
import { readingRoutes } from './routes/reading.ts';
import { newsRoutes } from './routes/news.ts';
import { oauthRoutes } from './routes/oauth.ts';
import { passkeyRoutes } from './routes/passkeys.ts';
import { peopleRoutes } from './routes/people.ts';
import { pictureRoutes } from './routes/pictures.ts';
import { podRoutes } from './routes/pods.ts';
import { dataRoutes } from './routes/data.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { programRoutes } from './routes/program.ts';
import { publicRoutes } from './routes/public.ts';
import { serviceRoutes } from './routes/services.ts';
import { recordRoutes } from './routes/records.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { makeAdmit, replyOf, type Rates } from './serve.ts';
import { isHeld, tell } from './tell.ts';
import { makeWatchHub } from './watch.ts';
import { wellbeingRoutes } from './routes/wellbeing.ts';
import { write } from './write.ts';

/** The web door: give `handle` to node:http servers; `close` ends the event streams. */
export interface WebDoor {
  handle(incoming: IncomingMessage, outgoing: ServerResponse): void;
  readonly routes: readonly Route[];
  close(): void;
}

/** The paths below /pods that are no single record. */
const NO_RECORD = /^\/pods\/[^/?]+\/[^/?]+\/(joined|watch|[^/?]+\/[^/?]+\/blobs\/[^/?]+)(\?|$)/;

type Bound = { Bindings: HttpBindings };

/**
 * Our API, the app and the event stream. Authenticates and translates; decides nothing. `limits` widens or narrows
 * the rates (benchmarks do).
 */
export function makeWebDoor(deps: WebDeps & { limits?: Partial<Record<LimitClass, Limit>> }): WebDoor {
  const { network, log, version } = deps;
  const limits = makeLimits(deps.clock, { ...LIMITS, ...deps.limits });
  const hub = makeLiveHub(deps);
  const watches = makeWatchHub(deps);
  const document = (): JsonObject => (made ??= openapi(routes, version));
  let made: JsonObject | undefined;
  const routes: Route[] = [
    ...healthRoutes(deps, document), ...houseRoutes(deps), ...housePageRoutes(deps), ...careRoutes(deps), ...wellbeingRoutes(deps), ...exportRoutes(deps), ...importRoutes(deps), ...jobRoutes(deps), ...backupRoutes(deps), ...programRoutes(deps), ...enterRoutes(deps), ...inviteRoutes(deps), ...sessionRoutes(deps), ...passkeyRoutes(deps),
    ...meRoutes(deps), ...identityRoutes(deps), ...keyRoutes(deps), ...logRoutes(deps), ...tokenRoutes(deps), ...oauthRoutes(deps), ...publicRoutes(deps), ...peopleRoutes(deps), ...microblogRoutes(deps), ...readingRoutes(deps), ...newsRoutes(deps), ...pictureRoutes(deps), ...laterRoutes(deps), ...podRoutes(deps), ...blobRoutes(deps), ...dataRoutes(deps, watches), ...recordRoutes(deps), ...serviceRoutes(deps), ...liveRoutes(hub),
  ];
  const rates: Rates = { limits, fair: makeFair() };
  const listener = getRequestListener(makeHono(routes, deps, rates).fetch, {
    overrideGlobalObjects: false,
    // Who is refused while still sending shall hear why: the rest of a body has its time (checks/pace.ts), not half a second.
    autoCleanupIncoming: false,
    errorHandler: () => responseOf(problem(400, 'bad_request', 'This is not a request that the house understands.')),
  });
  const hot = makeHot(deps, limits);
  const breath = makeBreath();
  const cors = makeCors(deps);
  const face = makePublicFace(deps, rates);
  const app = makeApp(deps.dist, (host) => isTrusted(network, host), makeFirst(routes, deps, rates));
  return {
    routes,
    handle(incoming, outgoing) {
      if (isHeld(incoming)) return;
      if (!breath(carrierOf(incoming))) { tell(incoming, outgoing, TOO_FAST); return; }
      hurry(incoming);
      if (network.proxy !== null && !takeForwarded(network, incoming, outgoing)) return;
      if (!isOwnHost(network, incoming.headers.host)) { write(outgoing, WRONG_HOST); return; }
      if (cors(incoming, outgoing)) return;
      if (incoming.method === 'GET' && incoming.url!.startsWith('/pods/') && !NO_RECORD.test(incoming.url!)) { hot(incoming, outgoing); return; }
      if (face(incoming, outgoing) || app.serve(incoming, outgoing)) return;
      listener(incoming, outgoing).catch((error: unknown) => write(outgoing, problemOf(error, log, 'listener')));
    },
    close: () => { watches.close(); hub.close(); },
  };
}

function makeHono(routes: readonly Route[], deps: WebDeps, rates: Rates): Hono<Bound> {
  const hono = new Hono<Bound>();
  for (const route of routes) hono.on(route.method, route.path.replaceAll(/\{(\w+)\}/g, ':$1'), handlerOf(route, deps, rates));
  hono.notFound(() => responseOf(NOT_FOUND));
  hono.onError((error) => responseOf(problemOf(error, deps.log, 'router')));
  return hono;
}

function handlerOf(route: Route, deps: WebDeps, rates: Rates): (context: Context<Bound>) => Promise<Response> {
  const admit = makeAdmit(route, deps, rates);
  const name = `${route.method} ${route.path}`;
  return async (context) => {
    const { incoming, outgoing } = context.env as { incoming: IncomingMessage; outgoing: ServerResponse };
    try {
      const url = incoming.url ?? '';
      const query = url.indexOf('?');
      const call = await admit({ incoming, params: paramsOf(context.req.param()), search: query < 0 ? '' : url.slice(query + 1) });
      if (route.stream && incoming.method === 'GET') {
        route.stream(call as SignedInCall, outgoing);
        return RESPONSE_ALREADY_SENT;
      }
      const answer = await (route.bytes ? route.bytes.serve(call, incoming, outgoing) : route.handler(call));
      if (answer) write(outgoing, replyOf(answer));
    } catch (error) { tell(incoming, outgoing, problemOf(error, deps.log, name)); }
    // Written straight to node:http: a Response would carry a page of posts through a web stream, at half the page's cost again.
    return RESPONSE_ALREADY_SENT;
  };
}

function paramsOf(params: unknown): Record<string, string> {
  if (!isObject(params)) return {};
  for (const value of Object.values(params)) {
    if (typeof value !== 'string' || value.length > 200) throw new Refusal('not_found', 'not_found', 'There is nothing here, or not for you.');
  }
  return params as Record<string, string>;
}

const responseOf = ({ status, headers, body }: Reply): Response => new Response(status === 204 ? null : body, { status, headers });
