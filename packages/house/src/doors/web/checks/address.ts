import type { IncomingMessage } from 'node:http';
import type { Network } from '../ports.ts';
import { visitorOf } from './forwarded.ts';
import { peerOf } from './peer.ts';

/**
 * Whom to count a request against: the peer's address, an IPv6 one by its /64; where the peer is a trusted proxy, the address
 * that it told. From anybody else its headers mean nothing.
 */
export function addressOf(incoming: IncomingMessage, proxy: Network['proxy']): string {
  const peer = peerOf(incoming);
  if (proxy === null || !proxy.trusts(peer)) return network(peer);
  const visitor = visitorOf(incoming, proxy);
  return visitor === null ? peer : network(visitor);
}

// Whoever has one IPv6 address has 2^64 of them.
function network(address: string): string {
  if (!address.includes(':') || address === '::1') return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(Math.max(0, tail === undefined ? 0 : 8 - left.length - right.length)).fill('0');
  return `${[...left, ...zeros, ...right].slice(0, 4).map((part) => part.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
