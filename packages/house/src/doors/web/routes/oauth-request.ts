import { fromBase64Url, Refusal } from '@commonhold/core';
import type { Agreement, WebDeps } from '../ports.ts';

/** What an app asks for when its page leads here: the parameters of RFC 6749 §4.1.1 and RFC 7636. */
export interface Ask { clientId: string; redirectUri: string; scope?: string; responseType: string; codeChallenge: string; codeChallengeMethod: string; state?: string }

/** The same, looked at. `collections` null: all. */
export interface Asked { origin: string; scope: string; collections: readonly string[] | null; agreement: Agreement | null }

type Deps = Pick<WebDeps, 'household' | 'joinedBy'>;

/**
 * Looks at what an app asks for; `agreement` is null where the person has not joined the service. Refuses what no page may be led back for:
 * `bad_client`, `bad_response_type`, `bad_challenge`, `bad_redirect` (not an address of an origin in the contract), `bad_scope` (no bundle of it).
 */
export function askOf({ joinedBy }: Deps, persona: string, { clientId, redirectUri, scope = '', responseType, codeChallenge, codeChallengeMethod }: Ask): Asked {
  const no = (code: string, field: string, say: string): never => { throw new Refusal('invalid', code, say, { field }); };
  if (fromBase64Url(clientId, 32) === null) no('bad_client', 'clientId', 'That is no service.');
  if (responseType !== 'code') no('bad_response_type', 'responseType', 'Apps are let in by a code.');
  if (!isChallenge(codeChallengeMethod, codeChallenge)) no('bad_challenge', 'codeChallenge', 'The app must show how it will prove itself (PKCE, S256).');
  const origin = originOf(redirectUri) ?? no('bad_redirect', 'redirectUri', 'The app gives no address to go on at.');
  const agreement = joinedBy(persona, clientId);
  if (!agreement) return { origin, scope: '', collections: null, agreement };
  const { service: { origins = [] }, bundles = {} } = agreement.contract;
  if (!origins.includes(origin)) no('bad_redirect', 'redirectUri', 'The service does not name this address as one of its apps.');
  const names = namesIn(scope);
  if (!names.every((name) => Object.hasOwn(bundles, name))) no('bad_scope', 'scope', 'The service has no such bundle.');
  return { origin, scope: names.join(' '), collections: names.length === 0 ? null : [...new Set(names.flatMap((name) => bundles[name]!))], agreement };
}

const namesIn = (scope: string): string[] => [...new Set(scope.split(' ').filter((name) => name !== ''))];
const isChallenge = (method: string, challenge: string): boolean => method === 'S256' && fromBase64Url(challenge, 32) !== null;

/** The same as its person is to see it. */
export function requestOf(deps: Deps, persona: string, ask: Ask): Record<string, unknown> {
  const { origin, scope, collections, agreement } = askOf(deps, persona, ask);
  if (!agreement) return { service: ask.clientId, title: null, publisher: null, origin, joined: null, bundles: [], collections: [], known: false };
  const { service: { id, title, publisher }, bundles = {}, collections: all } = agreement.contract;
  const names = scope.split(' ');
  return {
    service: id, title, publisher, origin, joined: { persona: agreement.persona, as: agreement.persona === persona ? 'self' : 'pseudonym' },
    bundles: Object.entries(bundles).map(([name, of]) => ({ name, collections: of, asked: names.includes(name) })), collections: collections ?? Object.keys(all),
    known: deps.household.apps.list(persona).some((app) => app.service === id && app.origin === origin && app.scope.join(' ') === scope),
  };
}

// Without a query: a page that leads on to any address that it is given would hand out codes (RFC 9700, 4.11).
function originOf(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url && /^https?:$/.test(url.protocol) && !/[?#]/.test(address) && url.username === '' && url.password === '' ? url.origin : null;
}
