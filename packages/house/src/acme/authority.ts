import { setTimeout as pause } from 'node:timers/promises';
import { isObject, Refusal } from '@commonhold/core';
import { VERSION } from '../version.ts';
import type { Signer } from './signer.ts';

/** An answer of the authority: its address where it has one of its own, the JSON or else the text. */
export interface Said { location: string | null; json: Readonly<Record<string, unknown>>; text: string; wait: number }

/** An authority that gives out certificates (RFC 8555), asked in one account's name. */
export interface Authority {
  readonly urls: Readonly<Record<string, string>>;
  /** A signed POST; no payload = POST-as-GET. Refuses `acme_refused` with what the authority said, `acme_silent` when it does not answer. */
  post(url: string, account: string | null, payload?: object): Promise<Said>;
}

/** How the outside is asked; tests that play an authority replace it. */
export interface AuthorityDeps { fetch: typeof fetch; signal: AbortSignal; onDate(ms: number): void }

const PATIENCE_MS = 20_000;
/** A nonce may be used up or forgotten any time: asked again with the fresh one. */
const TRIES = 8;
const LARGEST = 256 * 1024;

/** Finds an authority by the address of its directory. */
export async function openAuthority(directory: string, signer: Signer, deps: AuthorityDeps): Promise<Authority> {
  const found = await readAnswer(await ask(directory, {}, deps));
  const urls = Object.fromEntries(Object.entries(found.json).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
  for (const name of ['newNonce', 'newAccount', 'newOrder']) if (!urls[name]) throw silent(directory);
  let nonce: string | null = null;
  const freshNonce = async (): Promise<string> => {
    const head = await ask(urls['newNonce']!, { method: 'HEAD' }, deps);
    return head.headers.get('replay-nonce') ?? '';
  };
  return {
    urls,
    post: async (url, account, payload) => {
      for (let tries = 1; ; tries++) {
        const body = signer.body(url, nonce ?? await freshNonce(), account, payload);
        const answer = await ask(url, { method: 'POST', body, headers: { 'content-type': 'application/jose+json' } }, deps);
        nonce = answer.headers.get('replay-nonce');
        const said = await readAnswer(answer);
        if (answer.ok) return said;
        const type = String(said.json['type'] ?? '');
        if (type.endsWith(':badNonce') && tries < TRIES) continue;
        throw refused(type, said);
      }
    },
  };
}

async function ask(url: string, how: RequestInit, { fetch: go, signal, onDate }: AuthorityDeps): Promise<Response> {
  try {
    const answer = await go(url, { ...how, redirect: 'error', signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]), headers: { 'user-agent': `commonhold/${VERSION}`, ...how.headers } });
    const date = Date.parse(answer.headers.get('date') ?? '');
    if (!Number.isNaN(date)) onDate(date);
    return answer;
  } catch (cause) { throw silent(url, cause); }
}

async function readAnswer(answer: Response): Promise<Said> {
  const text = (await answer.text()).slice(0, LARGEST);
  const waited = Number(answer.headers.get('retry-after') ?? 0);
  return { location: answer.headers.get('location'), text, json: jsonOf(text), wait: Number.isFinite(waited) && waited > 0 ? Math.min(waited, 60) * 1000 : 0 };
}

function jsonOf(text: string): Readonly<Record<string, unknown>> {
  try { const value: unknown = JSON.parse(text); return isObject(value) ? value : {}; } catch { return {}; }
}

/** Asks again and again until the thing leaves its unfinished states, at most for two minutes. */
export async function until(authority: Authority, url: string, account: string, unfinished: readonly string[], signal: AbortSignal): Promise<Said> {
  const end = performance.now() + 120_000;
  for (let wait = 300; ; wait = Math.min(wait * 1.6, 5000)) {
    const said = await authority.post(url, account);
    if (!unfinished.includes(String(said.json['status']))) return said;
    if (performance.now() > end) throw new Refusal('unavailable', 'acme_slow', 'The authority for certificates did not come to an end. The house tries again by itself.');
    await pause(Math.max(wait, said.wait), undefined, { signal, ref: false });
  }
}

/** What an authority answered instead of what was asked, as a sentence. */
export function refused(type: string, { json }: Pick<Said, 'json'>): Refusal {
  const detail = String(json['detail'] ?? 'no reason given').slice(0, 400);
  return new Refusal('unavailable', 'acme_refused', `The authority for certificates said: ${detail}`, { field: type.split(':').at(-1) ?? '' });
}

const silent = (url: string, cause?: unknown): Refusal =>
  new Refusal('unavailable', 'acme_silent', `The authority for certificates (${URL.parse(url)?.host ?? url}) does not answer. Is this machine on the internet?`, { cause });
