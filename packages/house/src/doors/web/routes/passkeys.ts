import type { JsonObject } from '@commonhold/core';
import type { MadePasskey, UsedPasskey } from '../../../household/passkeys/ports.ts';
import { placeFor } from '../checks/place.ts';
import type { WebDeps } from '../ports.ts';
import { created, none, ok, route, signedIn, type Route } from '../route.ts';
import { flag, list, named, orNull, shape, text, time, whole } from '../shapes.ts';
import { welcome } from './enter.ts';

const coded = (most: number): JsonObject => text(most, 1);
const plain: JsonObject = { type: 'string' };

/** What `PublicKeyCredential.toJSON` makes: `response` is what differs between making and using. */
const credential = (response: Record<string, JsonObject>): JsonObject => shape({
  id: coded(1400), rawId: coded(1400), type: { const: 'public-key' }, response: shape({ clientDataJSON: coded(4000), ...response }),
  'authenticatorAttachment?': orNull(text(40)), clientExtensionResults: shape({ 'credProps?': shape({ 'rk?': flag }), 'appid?': flag }),
});
const made = credential({
  attestationObject: coded(20_000), 'authenticatorData?': text(8000), 'transports?': list(text(40), 10), 'publicKey?': text(8000), 'publicKeyAlgorithm?': whole(-70_000, 0),
});
const used = credential({ authenticatorData: coded(4000), signature: coded(4000), 'userHandle?': orNull(text(100)) });

/** Options as `PublicKeyCredential.parse…OptionsFromJSON` takes them. */
const known = list(shape({ id: plain, type: plain, 'transports?': list(plain) }));
const creation = shape({
  challenge: plain, rp: shape({ name: plain, 'id?': plain }), user: shape({ id: plain, name: plain, displayName: plain }), timeout: time, attestation: plain,
  pubKeyCredParams: list(shape({ alg: { type: 'integer' }, type: plain })), 'excludeCredentials?': known,
  authenticatorSelection: shape({ residentKey: plain, requireResidentKey: flag, userVerification: plain }), extensions: shape({ 'credProps?': flag }), 'hints?': list(plain),
});
const request = shape({ challenge: plain, rpId: plain, timeout: time, userVerification: plain, 'allowCredentials?': known, 'extensions?': shape({}) });
const line = { id: plain, label: plain, created: time, address: plain };

const withoutNull = (response: UsedPasskey): UsedPasskey => {
  const { userHandle, ...rest } = response.response;
  return { ...response, response: userHandle ? { ...rest, userHandle } : rest };
};

/** Passkeys: one's own, and coming in by one. */
export function passkeyRoutes({ household, network }: Pick<WebDeps, 'household' | 'network'>): Route[] {
  const { passkeys } = household;
  return [
    signedIn({
      method: 'POST', path: '/me/passkeys/options', summary: 'Begin to add a passkey: WebAuthn options, good for 5 minutes and one answer', auth: 'session', limit: 'write',
      body: shape({}), answers: { 200: creation }, problems: ['passkeys_not_here', 'passkeys_full'],
      handler: async ({ session: { persona, handle }, headers }) =>
        ok(await passkeys.options({ persona, handle, name: household.personOf(persona)?.name ?? handle, place: placeFor(network, headers.host) })),
    }),
    signedIn<{ response: MadePasskey; label: string }>({
      method: 'POST', path: '/me/passkeys', summary: 'Add the passkey that the browser made', auth: 'session', limit: 'write',
      body: shape({ response: made, label: text(64) }), answers: { 201: shape(line) },
      problems: ['passkeys_not_here', 'passkeys_full', 'passkey_known', 'bad_passkey', 'challenge_ended'],
      handler: async ({ session: { persona }, body: { response, label }, headers }) =>
        created(await passkeys.add({ persona, response, label, place: placeFor(network, headers.host) })),
    }),
    signedIn({
      method: 'GET', path: '/me/passkeys', summary: 'Your passkeys; `address` is the name of the house under which one works', auth: 'session', limit: 'read',
      answers: { 200: shape({ passkeys: list(shape({ ...line, used: orNull(time) })) }) }, handler: ({ session }) => ok({ passkeys: passkeys.list(session.persona) }),
    }),
    signedIn({
      method: 'DELETE', path: '/me/passkeys/{id}', summary: 'Remove one of your passkeys; sessions that it opened stay', auth: 'session', limit: 'write',
      answers: { 204: null }, problems: ['passkey_unknown'],
      handler: ({ session, params }) => { passkeys.remove(session.persona, params['id']!); return none(); },
    }),
    route<{ handle?: string }>({
      method: 'POST', path: '/sessions/passkey/options', summary: 'Begin to log in by a passkey; the answer is the same for every handle', auth: 'any', limit: 'login',
      body: shape({ 'handle?': text(64) }), answers: { 200: request }, problems: ['passkeys_not_here'],
      handler: async ({ headers }) => ok(await passkeys.enterOptions(placeFor(network, headers.host))),
    }),
    route<{ response: UsedPasskey; label?: string }>({
      method: 'POST', path: '/sessions/passkey', summary: 'Log in by a passkey', auth: 'any', limit: 'login',
      body: shape({ response: used, 'label?': text(64) }), answers: { 201: named('Welcome') }, problems: ['passkeys_not_here', 'passkey_wrong', 'challenge_ended'],
      handler: async (call) => {
        const { response, label } = call.body;
        return welcome(household.sessionOf, await passkeys.enter({ response: withoutNull(response), ...(label !== undefined && { label }), place: placeFor(network, call.headers.host) }), call);
      },
    }),
  ];
}
