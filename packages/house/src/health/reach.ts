import { resolve4, resolve6 } from 'node:dns/promises';
import { isOpenAddress } from '@commonhold/core';
import type { CertificateState } from '../acme/keeper.ts';
import { act, good, watch, type Tile } from './tile.ts';

const DAY = 86_400_000;
const SOON = 7 * DAY;
const PATIENCE_MS = 4000;

/** How the outside is asked; tests that play it replace it. */
export interface Outside {
  /** The addresses of a name; empty when it has none. Throws when nobody answers. */
  addresses(name: string): Promise<string[]>;
  /** What is found at an address. Throws when nothing is. */
  text(url: string): Promise<string>;
}

/** The system's name servers and the internet. */
export const theOutside: Outside = {
  addresses: async (name) => {
    const found = await Promise.allSettled([resolve4(name), resolve6(name)]);
    const failed = found.find((one) => one.status === 'rejected' && !NONE.has((one.reason as NodeJS.ErrnoException).code ?? ''));
    const all = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    if (all.length === 0 && failed?.status === 'rejected') throw failed.reason;
    return all;
  },
  text: async (url) => (await (await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) })).text()).slice(0, 65_536),
};

const NONE: ReadonlySet<string> = new Set(['ENODATA', 'ENOTFOUND']);

/** How long the certificate lasts, or why there is none. */
export function certificate({ certificate: current, asking, failed, next }: CertificateState, now: number): Tile {
  const facts = { ...(current && { until: current.until, days: Math.floor((current.until - now) / DAY), issuer: current.issuer }), ...(failed && { said: failed.say, next: next ?? now }) };
  if (current === null) return failed ? act('certificate', 'certificate_failed', facts) : watch('certificate', 'certificate_waits', facts);
  if (failed && !asking) return current.until - now < SOON ? act('certificate', 'certificate_ends', facts) : watch('certificate', 'certificate_not_renewed', facts);
  return good('certificate', 'certificate_good', facts);
}

/** Whether the name leads to an address of the internet. */
export async function dns(domain: string, { addresses }: Outside): Promise<Tile> {
  let found: string[];
  try { found = await withPatience(addresses(domain)); } catch { return watch('dns', 'dns_silent', { domain }); }
  const facts = { domain, addresses: found.slice(0, 4).join(', ') };
  if (found.length === 0) return act('dns', 'dns_none', facts);
  return found.some(isOpenAddress) ? good('dns', 'dns_good', facts) : watch('dns', 'dns_private', facts);
}

/** How to see whether an address leads to this very house. */
export interface Probe { origin: string; id: string; /** Before there is a certificate: words at an address of port 80. */ plain: { url: string; words: string } | null }

/** Whether this machine, asking like anybody, comes to this house. Some routers do not lead a machine back to itself. */
export async function ports({ origin, id, plain }: Probe, { text }: Outside): Promise<Tile> {
  const facts = { origin };
  try {
    const got = await withPatience(text(plain ? plain.url : `${origin}/house`));
    return (plain ? got === plain.words : got.includes(`"id":"${id}"`)) ? good('ports', 'ports_open', facts) : act('ports', 'ports_other', facts);
  } catch (error) {
    return /CERT|TLS|SELF_SIGNED|UNABLE_TO_/.test(codeOf(error)) ? act('ports', 'ports_untrusted', facts) : watch('ports', 'ports_silent', facts);
  }
}

const codeOf = (error: unknown): string => {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return `${code ?? ''} ${cause?.code ?? ''}`;
};

function withPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new TypeError('late')), PATIENCE_MS + 500); });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
