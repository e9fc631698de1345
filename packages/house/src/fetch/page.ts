import { lookup } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP } from 'node:net';
import { isOpenAddress, Refusal } from '@commonhold/core';

/** Fetches a page of the open internet as text. Refuses `page_unreachable`, whatever stood in the way: the answer maps no network. */
export type FetchPage = (url: string) => Promise<string>;

/** How pages are fetched: names are resolved by `resolve`, then `connect` asks one checked address alone. */
export interface PageDeps {
  resolve(host: string): Promise<readonly string[]>;
  connect(url: URL, address: string, signal: AbortSignal): Promise<Got>;
  signal(ms: number): AbortSignal;
}

/** An answer: where it leads on, if it does, else its text. */
export interface Got { location?: string; text?: string }

const MOST_BYTES = 262_144;
const MS = 5000;
const HOPS = 3;

/**
 * The one way in which the house asks for an address that somebody gave it: https on its usual port, by name, where every address of that
 * name is of the open internet; it connects to the address that was checked, follows at most three redirects in the same way, reads at
 * most 256 KiB and waits at most five seconds for all of it.
 */
export const makeFetchPage = (deps: PageDeps = netOf(PAGE)): FetchPage => follow(deps);

/** The same for any kind of answer. */
export function follow(deps: PageDeps): FetchPage {
  const hop = async (url: URL, signal: AbortSignal): Promise<Got> => {
    if (!isAskable(url)) throw unreachable();
    const addresses = await deps.resolve(url.hostname);
    const [first] = addresses;
    if (first === undefined || !addresses.every(isOpenAddress)) throw unreachable();
    signal.throwIfAborted();
    return deps.connect(url, first, signal);
  };
  return async (url) => {
    const signal = deps.signal(MS);
    try {
      let at = new URL(url);
      for (let hops = 0; hops <= HOPS; hops++) {
        const got = await Promise.race([hop(at, signal), ended(signal)]);
        if (got.location === undefined) return got.text ?? '';
        at = new URL(got.location, at);
      }
    } catch (cause) { throw cause instanceof Refusal ? cause : unreachable(cause); }
    throw unreachable();
  };
}

const unreachable = (cause?: unknown): Refusal =>
  new Refusal('unavailable', 'page_unreachable', 'That page did not answer the house. It must be open to everyone, over https.', { cause });

const ended = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => { if (signal.aborted) reject(signal.reason); else signal.addEventListener('abort', () => reject(signal.reason), { once: true }); });

/** An address that the house may be asked to look at: https, its usual port, a name rather than a number, nobody's password in it. */
export const isAskable = ({ protocol, port, hostname, username, password }: URL): boolean =>
  protocol === 'https:' && port === '' && username === '' && password === '' && hostname.includes('.') && isIP(hostname.replace(/^\[|\]$/g, '')) === 0;

/** A kind of answer: what is asked for, and what may come. */
export interface Wanted { accept: string; types: RegExp }

const PAGE: Wanted = { accept: 'text/html', types: /^(text\/html|application\/xhtml\+xml)\b/i };

/** The open internet, for one kind of answer. */
export const netOf = ({ accept, types }: Wanted): PageDeps => ({
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  signal: (ms) => AbortSignal.timeout(ms),
  connect: (url, address, signal) => new Promise((resolve, reject) => {
    const family = isIP(address);
    request(url, {
      signal, agent: false, headers: { accept, 'user-agent': 'Commonhold' },
      // Asked once more by the socket, which gets what was checked and nothing else.
      lookup: (_host, options, done) => { if (options.all) done(null, [{ address, family }]); else done(null, address, family); },
    }, (incoming) => { read(incoming, types).then(resolve, reject); }).on('error', reject).end();
  }),
});

/** Reads an answer of these types to its end, or to as much as is read at all. */
export async function read(incoming: IncomingMessage, types: RegExp): Promise<Got> {
  const { statusCode = 0, headers } = incoming;
  try {
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) return { location: headers.location };
    if (statusCode !== 200 || !types.test(headers['content-type'] ?? '')) throw unreachable();
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= MOST_BYTES) break;
    }
    return { text: Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8') };
  } finally { incoming.destroy(); }
}
