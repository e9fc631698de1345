import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '@commonhold/core';
import type { Session } from '../../../household/ports.ts';
import type { Network } from '../ports.ts';

/** Whether the Host header is one of the house's own: a name that somebody pointed here (DNS rebinding) is not. */
export const isOwnHost = (network: Network, host: string | undefined): boolean =>
  host !== undefined && (network.hosts.has(host) || network.hosts.has(host.toLowerCase()));

/** Whether the browser came by https, as told by the host that it asked for. */
export const isSecure = (network: Network, host: string | undefined): boolean =>
  network.secure && host !== undefined && network.origins.has(`https://${host.toLowerCase()}`);

/** Whether browsers trust the address that was asked for: https, or a name of this machine itself. */
export const isTrusted = (network: Network, host: string | undefined): boolean =>
  isSecure(network, host) || (host !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host));

/** An app of a service comes from where its person let it in, if a browser sends it. Refuses `wrong_origin`. */
export function checkApp({ origin }: IncomingHttpHeaders, session: Session | null): void {
  const grant = session?.app?.grant;
  if (grant && origin !== undefined && origin !== grant.origin) throw new Refusal('denied', 'wrong_origin', 'This request comes from another site.');
}

/**
 * Checks who sends a write: an Origin, when there is one, must be the house's own, and a cookie alone does not
 * do without one, so that no other site can write in a person's name. Refuses `wrong_origin`.
 */
export function checkOrigin(network: Network, headers: IncomingHttpHeaders, byCookie: boolean): void {
  const { origin } = headers;
  if (origin === undefined ? !byCookie : network.origins.has(origin)) return;
  throw new Refusal('denied', 'wrong_origin', 'This request comes from another site.');
}
