import { lookup as dnsLookup } from 'node:dns';
import { request as plain, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as secure } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { isOpenAddress, Refusal } from '@commonhold/core';

/** Looks a name up and refuses what is not public; the address that was looked at is the one that is called. */
const publicLookup: LookupFunction = (name, options, done) => {
  dnsLookup(name, { ...options, all: true }, (error, found) => {
    if (error) { done(error, []); return; }
    const wrong = found.find(({ address }) => !isOpenAddress(address));
    if (wrong || found.length === 0) { done(Object.assign(new Refusal('denied', 'address_not_public', `${name} is no address of the internet.`)), []); return; }
    if (options.all) done(null, found);
    else done(null, found[0]!.address, found[0]!.family);
  });
};

/** What a service may call. `known`: origins that it is told of by whoever runs it, on this machine and in its network, too. */
export interface Reach { known: readonly string[]; timeoutMs?: number; mostBytes?: number }

/**
 * A `fetch` for addresses that strangers name: https to public addresses only, or an origin that is known; no redirects, so long and so
 * much and no more. Throws Refusal `address_not_public`, `too_slow`, `too_big`, or what the network says.
 */
export function makeReach({ known, timeoutMs = 10_000, mostBytes = 8 << 20 }: Reach): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const url = new URL(String(input));
    const trusted = known.includes(url.origin);
    const bare = url.hostname.replace(/^\[|\]$/g, '');
    const literal = /^[\d.]+$|:/.test(bare);
    if (!trusted && (url.protocol !== 'https:' || (literal && !isOpenAddress(bare)))) throw new Refusal('denied', 'address_not_public', `${url.origin} is no address of the internet.`);
    const { body } = init;
    const sent = body === undefined || body === null ? undefined : Buffer.from(body as string | Uint8Array);
    const options = {
      method: init.method ?? 'GET', headers: Object.fromEntries(new Headers(init.headers)), signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(init.signal ? [init.signal] : [])]),
      ...(!trusted && { lookup: publicLookup }),
    };
    const asked = url.protocol === 'https:' ? secure(url, options) : plain(url, options);
    return answered(asked, sent, mostBytes);
  };
}

function answered(asked: ClientRequest, sent: Buffer | undefined, mostBytes: number): Promise<Response> {
  return new Promise((resolve, reject) => {
    asked.once('error', reject);
    asked.once('response', (answer: IncomingMessage) => {
      const status = answer.statusCode ?? 502;
      const headers = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, String(value)]]));
      if (status < 200 || status > 599) { asked.destroy(); reject(new Refusal('unavailable', 'bad_answer', 'The house gave no answer.')); return; }
      resolve(new Response([204, 205, 304].includes(status) ? null : Readable.toWeb(bounded(answer, mostBytes)) as ReadableStream, { status, headers }));
    });
    asked.end(sent);
  });
}

/** The pieces of an answer, until they are too many. */
function bounded(answer: IncomingMessage, mostBytes: number): Readable {
  return Readable.from((async function* pieces(): AsyncGenerator<Uint8Array> {
    let had = 0;
    for await (const piece of answer) {
      had += (piece as Buffer).length;
      if (had > mostBytes) throw new Refusal('too_big', 'too_big', 'The answer is too big.');
      yield piece as Buffer;
    }
  })());
}
