import { Refusal } from '@commonhold/core';
import type { Issued } from '../../../household/apps/types.ts';
import type { WebDeps } from '../ports.ts';
import { none, ok, route, signedIn, type Answer, type Call, type Route } from '../route.ts';
import { list, named, plain, shape, text } from '../shapes.ts';
import { askOf, requestOf, type Ask } from './oauth-request.ts';

const FORM = 'application/x-www-form-urlencoded';
const FORM_BYTES = 8 * 1024;
const askFields = { clientId: text(64), redirectUri: text(2000), 'scope?': text(2000), responseType: text(16), codeChallenge: text(128), codeChallengeMethod: text(16), 'state?': text(2000) };

/** Letting apps of services in: OAuth 2.1 with PKCE for browser apps (docs/data-api.md, "Apps of services"). */
export function oauthRoutes(deps: Pick<WebDeps, 'household' | 'joinedBy'>): Route[] {
  const { household: { apps, sessions } } = deps;
  const deviceOf = (persona: string, session: string): string | null => sessions(persona).find(({ id }) => id === session)?.device ?? null;
  const consents: Route[] = [
    signedIn<Ask>({
      method: 'POST', path: '/oauth/request', auth: 'session', limit: 'write', body: shape(askFields), answers: { 200: named('AppRequest') }, problems: ['bad_client', 'bad_redirect', 'bad_challenge', 'bad_scope', 'bad_response_type'],
      summary: 'What an app of a service asks for, to be shown before it is let in; `joined` is null where you have not joined the service',
      handler: ({ body, session: { persona } }) => ok(requestOf(deps, persona, body)),
    }),
    signedIn<Ask & { allow: boolean }>({
      method: 'POST', path: '/oauth/authorize', auth: 'session', limit: 'write', body: shape({ ...askFields, allow: { type: 'boolean' } }), answers: { 200: shape({ redirect: plain }) },
      problems: ['bad_client', 'bad_redirect', 'bad_challenge', 'bad_scope', 'bad_response_type', 'not_joined', 'too_many_apps'], summary: 'Let an app of a service in, or not: where its page goes on',
      handler: ({ body: { allow, ...ask }, session: { persona, id }, headers, secure }) => {
        const { origin, agreement, collections: asked, scope } = askOf(deps, persona, ask);
        if (!agreement) throw new Refusal('conflict', 'not_joined', 'You have not joined this service. Join it first.');
        const { id: service, title } = agreement.contract.service;
        const code = allow ? apps.offer({ persona, service, title, origin, scope, collections: asked, device: deviceOf(persona, id), redirectUri: ask.redirectUri, challenge: ask.codeChallenge }) : null;
        return ok({ redirect: backTo(ask, code, issuerOf({ headers, secure })) });
      },
    }),
    signedIn({
      method: 'GET', path: '/me/apps', summary: 'Apps of services that you let in', auth: 'session', limit: 'read', answers: { 200: shape({ apps: list(named('App')) }) },
      handler: ({ session: { persona } }) => ok({ apps: apps.list(persona) }),
    }),
    signedIn({
      method: 'DELETE', path: '/me/apps/{id}', summary: 'Let an app in no more: its very next request is refused, and what it has open ends', auth: 'session', limit: 'write', answers: { 204: null }, problems: ['app_unknown'],
      handler: ({ session: { persona }, params }) => {
        if (!apps.end(persona, params['id']!)) throw new Refusal('not_found', 'app_unknown', 'You have let in no such app.');
        return none();
      },
    }),
  ];
  return [...consents, ...tokenRoutesOf(deps)];
}

function tokenRoutesOf({ household: { apps }, joinedBy }: Pick<WebDeps, 'household' | 'joinedBy'>): Route[] {
  const tokens = shape({ access_token: plain, token_type: plain, expires_in: { type: 'integer' }, refresh_token: plain, scope: plain, persona: plain, service: plain });
  const form = { raw: FORM, most: FORM_BYTES, auth: 'any', anyOrigin: true, limit: 'write', body: { type: 'string' } } as const;
  const failed = shape({ error: plain, error_description: plain });
  return [
    route<Uint8Array>({
      method: 'POST', path: '/oauth/token', ...form, summary: 'Tokens for a code (with its PKCE verifier) or for an older refresh token (RFC 6749)', answers: { 200: tokens, 400: failed }, problems: ['bad_type'],
      handler: ({ body }) => {
        const { grant_type: kind, client_id: clientId = '', code = '', code_verifier: verifier = '', redirect_uri: redirectUri = null, refresh_token: token = '' } = formOf(body);
        if (kind !== 'authorization_code' && kind !== 'refresh_token') return failure('unsupported_grant_type', 'authorization_code and refresh_token are there.');
        const issued = kind === 'refresh_token' ? apps.refresh(token, clientId) : apps.exchange({ code, clientId, redirectUri, verifier });
        const agreement = issued && joinedBy(issued.persona, issued.service);
        return issued && agreement ? ok(tokensOf(issued, agreement.persona)) : failure('invalid_grant', 'This is good no more, or for another app.');
      },
    }),
    route<Uint8Array>({
      method: 'POST', path: '/oauth/revoke', ...form, summary: 'An app lets go of what it was given (RFC 7009); the same answer whatever it shows', answers: { 200: null }, problems: ['bad_type'],
      handler: ({ body }) => {
        const { token = '', client_id: clientId = '' } = formOf(body);
        apps.revoke(token, clientId);
        return { status: 200 };
      },
    }),
    route({
      method: 'GET', path: '/.well-known/oauth-authorization-server', summary: 'How apps are let in here (RFC 8414)', auth: 'any', limit: 'read', answers: { 200: { type: 'object' } },
      handler: (call) => ok(metadataOf(issuerOf(call))),
    }),
  ];
}

const issuerOf = ({ headers, secure }: Pick<Call, 'headers' | 'secure'>): string => `${secure ? 'https' : 'http'}://${headers.host ?? ''}`;

function backTo({ redirectUri, state }: Ask, code: string | null, issuer: string): string {
  const to = new URL(redirectUri);
  for (const [name, value] of [code === null ? ['error', 'access_denied'] : ['code', code], ['state', state], ['iss', issuer]] as const) if (value !== undefined) to.searchParams.set(name, value);
  return to.href;
}

// What is said twice is said by two who mean different things.
function formOf(body: Uint8Array): Readonly<Record<string, string | undefined>> {
  const form = new URLSearchParams(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString());
  return Object.fromEntries([...new Set(form.keys())].filter((name) => name !== '__proto__').map((name) => [name, form.getAll(name).length === 1 ? form.get(name)! : undefined]));
}

const failure = (error: string, say: string): Answer => ({ status: 400, json: { error, error_description: say } });

/** RFC 6749 §5.1, with the persona as which the app acts. */
const tokensOf = ({ access, refresh, expires, scope, service }: Issued, persona: string): Record<string, unknown> =>
  ({ access_token: access, token_type: 'Bearer', expires_in: expires, refresh_token: refresh, scope, persona, service });

const metadataOf = (issuer: string): Record<string, unknown> => ({
  issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/oauth/token`, revocation_endpoint: `${issuer}/oauth/revoke`,
  response_types_supported: ['code'], grant_types_supported: ['authorization_code', 'refresh_token'], code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'], revocation_endpoint_auth_methods_supported: ['none'], authorization_response_iss_parameter_supported: true,
});
