import { Refusal } from '@commonhold/core';
import type { Place } from '../../../household/passkeys/ports.ts';
import type { Network } from '../ports.ts';
import { isSecure } from './host.ts';

/**
 * The name of the house that a request came to, if browsers allow passkeys there: an encrypted address or this machine's
 * own `localhost`, and never a bare IP address. Null elsewhere.
 */
export function placeOf(network: Network, host: string | undefined): Place | null {
  if (host === undefined) return null;
  const secure = isSecure(network, host);
  const { origin, hostname } = new URL(`${secure ? 'https' : 'http'}://${host}`);
  if (hostname.startsWith('[') || /^[\d.]+$/.test(hostname)) return null;
  return secure || hostname === 'localhost' ? { origin, rp: hostname } : null;
}

/** The same, for routes that need it. Refuses `passkeys_not_here`. */
export function placeFor(network: Network, host: string | undefined): Place {
  const place = placeOf(network, host);
  if (place) return place;
  throw new Refusal('conflict', 'passkeys_not_here', 'Passkeys need an encrypted address with a name. At this one the passphrase opens the house.');
}
