import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { PAGE_HEADERS } from '../checks/headers.ts';
import { isMatch } from '../checks/range.ts';

/** What a page for everyone may load: the style, fonts and pictures of this house; it runs nothing and sends nothing. */
export const PUBLIC_POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** An answer; `kept`: it may be kept, if asked for again each time. `about`: the address, and all that the answer depends on. */
export interface Given { status: number; type: string; body: string; about: string; robots: string; kept: boolean }

const SMALL = 1000;
const KNOWN = 5000;
const pack = promisify(gzip);

/**
 * Sends answers that may be kept anywhere, yet never used again without asking: what was taken back is gone at the next request.
 * A time of change is told once it can be told apart from the next one, a second later: what is taken back changes the page, not the
 * time of any post.
 */
export function makeGive(clock: () => number): (incoming: IncomingMessage, outgoing: ServerResponse, given: Given) => Promise<void> {
  const known = new Map<string, { etag: string; at: number }>();
  const sinceOf = (about: string, etag: string): number | null => {
    const had = known.get(about);
    const now = Math.floor(clock() / 1000) * 1000;
    const since = had?.etag === etag ? had.at : now;
    known.delete(about);
    known.set(about, { etag, at: since });
    if (known.size > KNOWN) known.delete(known.keys().next().value ?? '');
    return since < now ? since : null;
  };
  return async (incoming, outgoing, { status, type, body, about, robots, kept }) => {
    const headers: Record<string, string> = {
      ...PAGE_HEADERS, 'content-security-policy': PUBLIC_POLICY, 'content-type': type, 'x-robots-tag': robots, vary: 'accept, accept-encoding, accept-language, cookie', 'cache-control': kept ? 'public, no-cache' : 'no-store',
    };
    if (kept) {
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      const since = sinceOf(about, etag);
      headers['etag'] = `W/${etag}`;
      if (since !== null) headers['last-modified'] = new Date(since).toUTCString();
      if (isFresh(incoming, etag, since)) { outgoing.writeHead(304, headers).end(); return; }
    }
    const bytes = body.length > SMALL && /\bgzip\b(?!;\s*q=0(\.0+)?\b)/.test(String(incoming.headers['accept-encoding'] ?? '')) ? await pack(body, { level: 5 }) : Buffer.from(body);
    if (bytes.length > 1 && bytes[0] === 0x1f && bytes[1] === 0x8b) headers['content-encoding'] = 'gzip';
    headers['content-length'] = String(bytes.length);
    outgoing.writeHead(status, headers);
    outgoing.end(incoming.method === 'HEAD' ? undefined : bytes);
  };
}

// A tag goes before a time (RFC 9110, 13.2.2).
function isFresh({ headers }: IncomingMessage, etag: string, since: number | null): boolean {
  if (headers['if-none-match'] !== undefined) return isMatch(headers['if-none-match'], etag);
  const asked = headers['if-modified-since'];
  return since !== null && asked !== undefined && Date.parse(asked) >= since;
}
