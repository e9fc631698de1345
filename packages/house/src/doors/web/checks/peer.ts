import type { IncomingMessage } from 'node:http';

/** The address at the other end of the connection. */
export const peerOf = (incoming: IncomingMessage): string => plain(incoming.socket.remoteAddress ?? '');

/** An IPv4 address as such, also where it came as an IPv6 one. */
export const plain = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address);
