import { signRequest, utf8, type Suite } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';

/** By what requests are signed, and how they are sent. */
export interface SignedBy { seed: Uint8Array; fetch?: typeof globalThis.fetch; suite?: Suite; now?: () => number }

/** A `fetch` that signs each request with the service's key (spec/signatures.md): give it to `createClient`. Bodies are texts or bytes. */
export function signedFetch({ seed, fetch = globalThis.fetch, suite = nobleSuite, now = Date.now }: SignedBy): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const headers = Object.fromEntries(new Headers(init.headers));
    const { body } = init;
    const bytes = typeof body === 'string' ? utf8(body) : new Uint8Array((body ?? new Uint8Array()) as Uint8Array);
    // The address as it will go out: a name in capitals or a port that says nothing is signed as it is sent.
    const target = new URL(String(input)).href;
    const proof = signRequest(suite, { method: init.method ?? 'GET', target, headers }, { seed }, { body: bytes, now: now() });
    return fetch(target, { ...init, headers: { ...headers, ...proof } });
  };
}
