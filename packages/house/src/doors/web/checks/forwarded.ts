import type { IncomingMessage } from 'node:http';
import type { Network } from '../ports.ts';
import { peerOf, plain } from './peer.ts';

/** What a trusted proxy told of a request: how and under which name it came to it; null where it said nothing. */
export interface Told { proto: string | null; host: string | null }

const NOTHING: Told = Object.freeze({ proto: null, host: null });

/** Reads what is in front of the house; from anybody else these headers mean nothing. */
export function toldOf(incoming: IncomingMessage, { proxy }: Pick<Network, 'proxy'>): Told {
  if (proxy === null || !proxy.trusts(peerOf(incoming))) return NOTHING;
  const { headers } = incoming;
  if (proxy.headers === 'x-forwarded') return { proto: lastOf(headers['x-forwarded-proto']), host: lastOf(headers['x-forwarded-host']) };
  const last = hopsOf(headers['forwarded']).at(-1);
  return { proto: last?.get('proto')?.toLowerCase() ?? null, host: last?.get('host')?.toLowerCase() ?? null };
}

/** The visitor's address: the first one, from the house outwards, that is no trusted proxy's. Null where none is told. */
export function visitorOf({ headers }: IncomingMessage, { trusts, headers: which }: NonNullable<Network['proxy']>): string | null {
  const hops = which === 'x-forwarded' ? partsOf(headers['x-forwarded-for']) : hopsOf(headers['forwarded']).map((hop) => hop.get('for') ?? '');
  const addresses = hops.map((hop) => plain(bare(hop.slice(0, 64))));
  return addresses.findLast((address) => !trusts(address)) ?? addresses[0] ?? null;
}

const partsOf = (value: string | string[] | undefined): string[] => {
  const text = Array.isArray(value) ? value.join(',') : value;
  return text === undefined ? [] : text.split(',').map((part) => part.trim()).filter((part) => part !== '');
};

const lastOf = (value: string | string[] | undefined): string | null => partsOf(value).at(-1)?.toLowerCase() ?? null;

/** The elements of a `Forwarded` header (RFC 7239): names in lower case, values without their quotes. */
function hopsOf(value: string | string[] | undefined): Map<string, string>[] {
  return partsOf(value).map((part) => new Map(part.split(';').flatMap((pair) => {
    const [, name, quoted, plainly] = /^\s*([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s"]*))\s*$/.exec(pair) ?? [];
    return name === undefined ? [] : [[name.toLowerCase(), quoted ?? plainly ?? ''] as const];
  })));
}

// "[2001:db8::1]:443", "192.0.2.1:443" → the address alone.
function bare(hop: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(hop)?.[1];
  return bracketed ?? hop.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
}
