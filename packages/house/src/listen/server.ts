import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import { Refusal } from '@commonhold/core';

const PER_ADDRESS = 512;
const IN_ALL = 8192;

/** How every server of HTTP/1.1 is hardened: somebody who sends or reads a byte a minute gets no thread of ours for it. A door sees to it that bodies come in time. */
export const PATIENCE = { headersTimeout: 10_000, requestTimeout: 3_600_000, keepAliveTimeout: 65_000 } as const;
/** And of both kinds: the largest head of a request, and how long nothing may move on a connection. */
export const HEAD_BYTES = 16 * 1024;
export const IDLE_MS = 120_000;

/** Where a server listens. */
export interface Place {
  address: string; port: number;
  /** What is in front of the house: everybody comes from its one address. */
  isProxy?: ((address: string) => boolean) | undefined;
  /** `::` listens for IPv4, too. */
  dual?: boolean;
}

/** Opens a hardened server on one address. Refuses `port_taken`, `address_unknown`, `port_not_allowed` with a sentence. */
export function openServer(handler: RequestListener, place: Place): Promise<Server> {
  const server = createServer({ ...PATIENCE, connectionsCheckingInterval: 5_000, maxHeaderSize: HEAD_BYTES, noDelay: true }, handler);
  server.maxHeadersCount = 64;
  server.timeout = IDLE_MS;
  return openOn(server, place);
}

/** Opens a server of whatever kind, with the limits of connections. */
export function openOn<S extends NetServer>(server: S, { address, port, isProxy = () => false, dual = false }: Place): Promise<S> {
  server.maxConnections = IN_ALL;
  limitPerAddress(server, isProxy);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusalOf(error, address, port)));
    server.listen({ host: address, port, ipv6Only: address.includes(':') && !dual }, () => {
      server.removeAllListeners('error');
      resolve(server);
    });
  });
}

/** The port that a server got. */
export const portOf = (server: NetServer): number => (server.address() as AddressInfo).port;

function limitPerAddress(server: NetServer, isProxy: (address: string) => boolean): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const from = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    if (isProxy(from)) return;
    const count = (open.get(from) ?? 0) + 1;
    if (count > PER_ADDRESS) { socket.destroy(); return; }
    open.set(from, count);
    socket.once('close', () => {
      const left = (open.get(from) ?? 1) - 1;
      if (left > 0) open.set(from, left); else open.delete(from);
    });
  });
}

const KNOWN_PORTS = new Set([80, 443]);

function refusalOf(error: NodeJS.ErrnoException, address: string, port: number): Refusal {
  const field = KNOWN_PORTS.has(port) ? undefined : 'COMMONHOLD_PORT';
  const detail = { cause: error, ...(field && { field }) };
  switch (error.code) {
    case 'EADDRINUSE': return new Refusal('unavailable', 'port_taken', `Port ${port} is taken by another program. ${field ? 'Stop it, or set COMMONHOLD_PORT to another number.' : 'Stop it, or let it pass requests on to the house: commonhold init YOUR.DOMAIN --behind-proxy'}`, detail);
    case 'EACCES': return new Refusal('unavailable', 'port_not_allowed', `This user may not listen on port ${port}. ${field ? 'Set COMMONHOLD_PORT to a number above 1023.' : `Allow it to this program: sudo setcap cap_net_bind_service=+ep ${process.execPath}`}`, detail);
    case 'EADDRNOTAVAIL': case 'EAFNOSUPPORT': case 'EINVAL':
      return new Refusal('unavailable', 'address_unknown', `This machine has no address ${address}.`, { field: 'COMMONHOLD_HOST', cause: error });
    default: return new Refusal('unavailable', 'cannot_listen', `The house cannot listen on ${address}, port ${port}: ${error.code ?? 'no reason given'}.`, { cause: error });
  }
}
