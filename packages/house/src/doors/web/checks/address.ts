import type { IncomingMessage } from 'node:http';

const LOOPBACK = /^(127\.|::1$)/;

/**
 * Whom to count a request against: the peer's address, an IPv6 one by its /64. Behind a proxy on this machine the
 * last hop that it wrote into X-Forwarded-For; from anybody else that header means nothing.
 */
export function addressOf(incoming: IncomingMessage, behindProxy: boolean): string {
  const peer = plain(incoming.socket.remoteAddress ?? '');
  if (!behindProxy || !LOOPBACK.test(peer)) return network(peer);
  const forwarded = incoming.headers['x-forwarded-for'];
  const last = (Array.isArray(forwarded) ? forwarded.at(-1) : forwarded)?.split(',').at(-1)?.trim();
  return last ? network(plain(last.slice(0, 64))) : peer;
}

const plain = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address);

// Whoever has one IPv6 address has 2^64 of them.
function network(address: string): string {
  if (!address.includes(':') || address === '::1') return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(Math.max(0, tail === undefined ? 0 : 8 - left.length - right.length)).fill('0');
  return `${[...left, ...zeros, ...right].slice(0, 4).map((part) => part.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
