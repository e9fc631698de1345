import type { Signed } from '@commonhold/core';
import type { LinkAsk } from '../../../household/keys/links.ts';
import type { RecoveryInput } from '../../../household/keys/recovery.ts';
import type { WebDeps } from '../ports.ts';
import { created, none, ok, route, signedIn, type Route } from '../route.ts';
import { closeShape, list, named, oneOf, shape, signedShape, text, time } from '../shapes.ts';
import { welcome } from './enter.ts';
import { faceOf } from './house.ts';
import { KEY_LOG_MOST, KEY_LOG_PROBLEMS } from './identity.ts';

const LINK = ['link_unknown', 'link_ended'] as const;
const place = { path: '/me/links/{link}', auth: 'session' } as const;

/** Coming back by recovery words. */
function recoveryRoutes({ household }: Pick<WebDeps, 'household'>): Route[] {
  const { recovery } = household.keys;
  return [
    route<{ handle: string; recoveryKey: string }>({
      method: 'POST', path: '/sessions/recovery/prepare', summary: 'Begin to log in by recovery words: the key log on which the new statement is to stand', auth: 'any', limit: 'login',
      body: shape({ handle: text(64, 1), recoveryKey: text(43, 43) }), answers: { 200: shape({ persona: text(53), statements: list(named('Signed')) }) },
      problems: ['recovery_unknown', 'slow_down'], handler: ({ body, from }) => ok(recovery.prepare({ ...body, from })),
    }),
    route<Omit<RecoveryInput, 'from'>>({
      method: 'POST', path: '/sessions/recovery', summary: 'Log in by recovery words: adds this browser as a device; a new passphrase ends all other sessions, passkeys and tokens', auth: 'any', limit: 'login',
      body: shape({ handle: text(64, 1), statement: signedShape, proof: text(86, 86), 'closes?': list(closeShape, 500), 'passphrase?': text(256, 8), 'label?': text(64) }), most: KEY_LOG_MOST,
      answers: { 201: named('Welcome') }, problems: ['recovery_unknown', 'not_a_sign_in', 'statement_known', 'slow_down', 'busy', ...KEY_LOG_PROBLEMS],
      handler: async (call) => welcome(household.sessionOf, await recovery.signIn({ ...call.body, from: call.from }), call),
    }),
  ];
}

/** The person's side of adding a device by a code. */
function ownLinkRoutes({ household }: Pick<WebDeps, 'household'>): Route[] {
  const { links } = household.keys;
  const answers = { 200: named('LinkState') };
  return [
    signedIn({
      method: 'POST', path: '/me/links', summary: 'Open a link for a device of yours: ten minutes, one device', auth: 'session', limit: 'write',
      body: shape({}), answers: { 201: shape({ link: text(22), expires: time }) }, problems: ['too_many_links'], handler: ({ session }) => created(links.start(session.persona)),
    }),
    signedIn({
      ...place, method: 'GET', summary: 'Whether a device has come by a link of yours, and which', limit: 'read', answers, problems: LINK,
      handler: ({ session, params }) => ok(links.look(session.persona, params['link']!)),
    }),
    signedIn<{ statement: Signed }>({
      ...place, method: 'PUT', summary: 'Add the device that has come by the link', limit: 'enter', body: shape({ statement: signedShape }), answers,
      problems: [...LINK, 'link_not_asked', 'wrong_device', ...KEY_LOG_PROBLEMS],
      handler: async ({ session, params, body }) => ok(await links.approve(session.persona, params['link']!, body.statement)),
    }),
    signedIn({
      ...place, method: 'DELETE', summary: 'End a link of yours', limit: 'write', answers: { 204: null }, problems: LINK,
      handler: ({ session, params }) => { links.drop(session.persona, params['link']!); return none(); },
    }),
  ];
}

/** The new device's side. */
function linkRoutes({ household }: Pick<WebDeps, 'household'>): Route[] {
  const { links } = household.keys;
  return [
    route<LinkAsk>({
      method: 'POST', path: '/links/{link}', summary: 'Say by which key a new device wants to be added, once a link', auth: 'any', limit: 'login',
      body: shape({ device: text(43, 43), label: text(64, 1), mac: text(43, 43), claim: text(43, 43) }),
      answers: { 200: shape({ persona: text(53), handle: text(64), name: text(120), face: text(16), house: shape({ title: text(60), id: text(53) }) }) }, problems: [...LINK, 'link_taken', 'bad_device'],
      handler: ({ params, body }) => {
        const { persona, handle, name } = links.ask(params['link']!, body);
        return ok({ persona, handle, name, face: faceOf(persona), house: { title: household.settings.get('title') ?? '', id: household.persona } });
      },
    }),
    route<{ token: string }>({
      method: 'POST', path: '/links/{link}/claim', summary: 'Come back for the session, once the device was added', auth: 'any', limit: 'read',
      body: shape({ token: text(43, 43) }), answers: { 201: named('Welcome'), 202: shape({ state: oneOf('asked') }) }, problems: LINK,
      handler: (call) => {
        const done = links.claim(call.params['link']!, call.body.token);
        return done ? welcome(household.sessionOf, done, call) : { status: 202, json: { state: 'asked' } };
      },
    }),
  ];
}

/** Keys as ways in: recovery words, and devices added by a code. */
export const keyRoutes = (deps: Pick<WebDeps, 'household'>): Route[] => [...recoveryRoutes(deps), ...ownLinkRoutes(deps), ...linkRoutes(deps)];
