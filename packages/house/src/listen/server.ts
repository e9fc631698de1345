import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Refusal } from '@commonhold/core';

const PER_ADDRESS = 512;
const IN_ALL = 8192;

/**
 * Opens a hardened server on one address. `proxied`: everybody comes from the one address of what is in front.
 * Refuses `port_taken`, `address_unknown`, `port_not_allowed` with a sentence.
 */
export function openServer(handler: RequestListener, { address, port, proxied }: { address: string; port: number; proxied: boolean }): Promise<Server> {
  // Somebody who sends or reads a byte a minute gets no thread of ours for it. A door sees to it that bodies come in time.
  const server = createServer({
    headersTimeout: 10_000, requestTimeout: 3_600_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 5_000,
    maxHeaderSize: 16 * 1024, noDelay: true,
  }, handler);
  server.maxHeadersCount = 64;
  server.maxConnections = IN_ALL;
  server.timeout = 120_000;
  if (!proxied) limitPerAddress(server);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusalOf(error, address, port)));
    server.listen({ host: address, port, ipv6Only: address.includes(':') }, () => {
      server.removeAllListeners('error');
      resolve(server);
    });
  });
}

/** The port that a server got. */
export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

function limitPerAddress(server: Server): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const from = socket.remoteAddress ?? '';
    const count = (open.get(from) ?? 0) + 1;
    if (count > PER_ADDRESS) { socket.destroy(); return; }
    open.set(from, count);
    socket.once('close', () => {
      const left = (open.get(from) ?? 1) - 1;
      if (left > 0) open.set(from, left); else open.delete(from);
    });
  });
}

function refusalOf(error: NodeJS.ErrnoException, address: string, port: number): Refusal {
  switch (error.code) {
    case 'EADDRINUSE': return new Refusal('unavailable', 'port_taken', `Port ${port} is taken by another program. Stop it, or set COMMONHOLD_PORT to another number.`, { field: 'COMMONHOLD_PORT', cause: error });
    case 'EACCES': return new Refusal('unavailable', 'port_not_allowed', `This user may not listen on port ${port}. Set COMMONHOLD_PORT to a number above 1023.`, { field: 'COMMONHOLD_PORT', cause: error });
    case 'EADDRNOTAVAIL': case 'EAFNOSUPPORT': case 'EINVAL':
      return new Refusal('unavailable', 'address_unknown', `This machine has no address ${address}.`, { field: 'COMMONHOLD_HOST', cause: error });
    default: return new Refusal('unavailable', 'cannot_listen', `The house cannot listen on ${address}, port ${port}: ${error.code ?? 'no reason given'}.`, { cause: error });
  }
}
