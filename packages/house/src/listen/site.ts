import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createSecureServer, type Http2SecureServer, type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Session } from 'node:http2';
import type { Server as NetServer, Socket } from 'node:net';
import { Refusal } from '@commonhold/core';
import { keepCertificate, type CertificateKeeper } from '../acme/keeper.ts';
import { openCertificateStore } from '../acme/store.ts';
import type { Config, Site } from '../config/config.ts';
import { HEAD_BYTES, IDLE_MS, openOn, openServer, PATIENCE } from './server.ts';

/** The open doors of a house on the internet. */
export interface OpenSite { close(): Promise<void> }

/** Half a year: browsers come by https alone from then on, also where somebody types http. */
const STRICT = `max-age=${180 * 86_400}`;
const STREAMS = 128;
const GRACE = 1000;
const CHALLENGE = '/.well-known/acme-challenge/';

/** A house on the internet by itself, before its doors are open. */
export interface OwnSite { origin: string; certificate: CertificateKeeper; open(handler: RequestListener): Promise<OpenSite> }

/** The site of a configuration, with its certificate as it was kept; null where it has none. */
export function siteOf({ site, data }: Config, onError: (error: unknown) => void): OwnSite | null {
  if (!site) return null;
  const certificate = keepCertificate({ ...site.acme, domain: site.domain, store: openCertificateStore(data), onError });
  return { origin: siteOrigin(site), certificate, open: (handler) => openSite(handler, { site, certificate }) };
}

const siteOrigin = ({ domain, https }: Site): string => new URL(`https://${domain}:${https}`).origin;

/**
 * Opens port 80, which answers an authority's challenges and leads everybody else to https, and port 443, which speaks HTTP/2 and
 * HTTP/1.1 over TLS as soon as there is a certificate, and takes each new one without an interruption. Refuses `port_taken` and its like.
 */
export async function openSite(handler: RequestListener, { site, certificate }: { site: Site; certificate: CertificateKeeper }): Promise<OpenSite> {
  const origin = siteOrigin(site);
  const plain = await openAnywhere(site.host, (place) => openServer(answerPlainly(origin, certificate), { ...place, port: site.http }));
  const server = makeSecure(handler);
  const cut = trackConnections(server);
  const renew = (): void => { const { current } = certificate; if (current) server.setSecureContext({ key: current.key, cert: current.chain, minVersion: 'TLSv1.2' }); };
  renew();
  const unhear = certificate.listen(renew);
  try { await openAnywhere(site.host, (place) => openOn(server, { ...place, port: site.https })); } catch (error) {
    unhear();
    plain.close();
    throw error;
  }
  return { close: async () => { unhear(); await Promise.all([closePlain(plain), cut()]); } };
}

// Both kinds of addresses, or IPv4 alone where the system has no other.
async function openAnywhere<S>(host: string | null, open: (place: { address: string; dual: boolean }) => Promise<S>): Promise<S> {
  if (host !== null) return open({ address: host, dual: false });
  try { return await open({ address: '::', dual: true }); } catch (error) {
    if (!(error instanceof Refusal && error.code === 'address_unknown')) throw error;
    return open({ address: '0.0.0.0', dual: false });
  }
}

function answerPlainly(origin: string, certificate: CertificateKeeper): RequestListener {
  return ({ url = '/', method }, outgoing) => {
    const say = (status: number, text: string, headers: Record<string, string> = {}) => {
      outgoing.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', connection: 'close', ...headers });
      outgoing.end(method === 'HEAD' ? undefined : text);
    };
    if (url.startsWith(CHALLENGE)) {
      const answer = certificate.challenge(url.slice(CHALLENGE.length));
      if (answer === null) say(404, 'There is nothing here.\n'); else say(200, answer);
    } else if (certificate.state.certificate === null) {
      say(503, 'This house is waiting for its certificate. Please try again in a minute.\n', { 'retry-after': '30' });
    } else if ((method === 'GET' || method === 'HEAD') && url.startsWith('/')) {
      say(308, `This house is at ${origin}\n`, { location: `${origin}${url}` });
    } else say(403, `Please use ${origin}\n`);
  };
}

function makeSecure(handler: RequestListener): Http2SecureServer {
  const server = createSecureServer({ allowHTTP1: true, ...PATIENCE, maxHeaderSize: HEAD_BYTES, settings: { maxConcurrentStreams: STREAMS, maxHeaderListSize: HEAD_BYTES, enablePush: false }, noDelay: true } as Parameters<typeof createSecureServer>[0]);
  Object.assign(server, PATIENCE, { maxHeadersCount: 64 });
  server.setTimeout(IDLE_MS);
  server.on('request', (incoming: Http2ServerRequest | IncomingMessage, outgoing: Http2ServerResponse | ServerResponse) => {
    if ('stream' in incoming && !takeAuthority(incoming)) { (outgoing as Http2ServerResponse).writeHead(400).end(); return; }
    outgoing.setHeader('strict-transport-security', STRICT);
    handler(incoming as unknown as IncomingMessage, outgoing as unknown as ServerResponse);
  });
  return server;
}

/** HTTP/2 names the host in `:authority`; a `host` beside it that says something else is a trick (RFC 9113 §8.3.1). */
function takeAuthority({ headers }: Http2ServerRequest): boolean {
  const authority = headers[':authority'];
  if (authority === undefined) return headers.host !== undefined;
  if (headers.host !== undefined && headers.host !== authority) return false;
  headers.host = authority;
  return true;
}

/** Answers how to close: no new ones, a second for what is under way, then the rest is cut. */
function trackConnections(server: Http2SecureServer): () => Promise<void> {
  const sockets = new Set<Socket>();
  const sessions = new Set<ServerHttp2Session>();
  server.on('connection', (socket: Socket) => { sockets.add(socket); socket.once('close', () => { sockets.delete(socket); }); });
  server.on('session', (session) => { sessions.add(session); session.once('close', () => { sessions.delete(session); }); });
  return () => closeWithin(server, () => { for (const session of sessions) session.close(); }, () => { for (const socket of sockets) socket.destroy(); });
}

const closePlain = (server: Server): Promise<void> => closeWithin(server, () => server.closeIdleConnections(), () => server.closeAllConnections());

const closeWithin = (server: NetServer, softly: () => void, hard: () => void): Promise<void> => new Promise((resolve) => {
  const timer = setTimeout(hard, GRACE);
  server.close(() => { clearTimeout(timer); resolve(); });
  softly();
});
