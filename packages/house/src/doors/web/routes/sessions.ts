import { Refusal } from '@commonhold/core';
import { checkOrigin } from '../checks/host.ts';
import { accountsOf, sessionCookie, type Account } from '../checks/session.ts';
import type { WebDeps } from '../ports.ts';
import { none, ok, route, signedIn, type Route } from '../route.ts';
import { flag, list, named, shape, text } from '../shapes.ts';
import { welcome } from './enter.ts';

/** Coming in by a way that a steward made. */
const wayRoutes = ({ household }: Pick<WebDeps, 'household'>): Route[] => [
  route<{ way: string }>({
    method: 'POST', path: '/sessions/way/look', summary: 'For whom a way in is that a steward made', auth: 'any', limit: 'login',
    body: shape({ way: text(64, 1) }), answers: { 200: shape({ handle: text(64), name: text(120) }) }, problems: ['way_unknown', 'slow_down'],
    handler: ({ body, from }) => ok(household.access.look({ ...body, from })),
  }),
  route<{ way: string; passphrase: string; label?: string }>({
    method: 'POST', path: '/sessions/way', summary: 'Go in by it, with a new passphrase; it is good once, and whoever was in before is out', auth: 'any', limit: 'login',
    body: shape({ way: text(64, 1), passphrase: text(256, 8), 'label?': text(64) }), answers: { 201: named('Welcome') }, problems: ['way_unknown', 'slow_down', 'busy'],
    handler: async (call) => welcome(household.sessionOf, await household.access.enter({ ...call.body, from: call.from }), call),
  }),
];

/** Logging in and out. */
export function sessionRoutes({ household, network, guest }: Pick<WebDeps, 'household' | 'network' | 'guest'>): Route[] {
  const line = ({ session: { persona, handle } }: Account, current: boolean) => ({ persona, handle, name: household.personOf(persona)?.name ?? handle, current });
  return [
    ...wayRoutes({ household }),
    route({
      method: 'GET', path: '/sessions/here', summary: 'Who is signed in at the browser that asks; `current` acts there now', auth: 'any', limit: 'read',
      answers: { 200: shape({ accounts: list(shape({ persona: text(53), handle: text(64), name: text(120), current: flag })) }) },
      handler: ({ headers, secure }) => {
        const { now, others } = accountsOf(household.sessionOf, headers, secure);
        return ok({ accounts: [...(now ? [line(now, true)] : []), ...others.map((one) => line(one, false))] });
      },
    }),
    route<{ persona: string }>({
      method: 'PUT', path: '/sessions/here', summary: 'Go on as somebody else who is signed in at the browser that asks', auth: 'any', limit: 'write',
      body: shape({ persona: text(53, 1) }), answers: { 204: null }, problems: ['session_unknown'],
      handler: ({ headers, secure, body: { persona } }) => {
        // The cookie decides although nobody may act by it now: no other site must send it in.
        checkOrigin(network, headers, true);
        const { now, others } = accountsOf(household.sessionOf, headers, secure);
        if (now?.session.persona === persona) return none();
        const next = others.find(({ session }) => session.persona === persona);
        if (!next) throw new Refusal('not_found', 'session_unknown', 'You have no such session.');
        return none(sessionCookie(next.token, [...(now ? [now] : []), ...others.filter((one) => one !== next)], secure));
      },
    }),
    route<{ handle: string; passphrase: string; label?: string }>({
      method: 'POST', path: '/sessions', summary: 'Log in', auth: 'any', limit: 'login',
      body: shape({ handle: text(64, 1), passphrase: text(256, 1), 'label?': text(64) }),
      answers: { 201: named('Welcome') }, problems: ['wrong_passphrase', 'slow_down', 'busy'],
      handler: async (call) => welcome(household.sessionOf, await household.createSession({ ...call.body, from: call.from }), call),
    }),
    route({
      method: 'POST', path: '/sessions/guest', summary: 'Look around in a made-up house, reading alone', auth: 'any', limit: 'login', answers: { 201: named('Welcome') }, problems: ['no_guests'],
      handler: (call) => {
        if (!guest) throw new Refusal('not_found', 'no_guests', 'In this house one needs an invite.');
        return welcome(household.sessionOf, guest, call);
      },
    }),
    signedIn({
      method: 'DELETE', path: '/sessions/{id}', summary: 'End one of your sessions; "current" is this one', auth: 'session', limit: 'write',
      answers: { 204: null }, problems: ['session_unknown'],
      handler: ({ params, session, secure, headers }) => {
        const id = params['id'] === 'current' ? session.id : params['id']!;
        const goes = none(sessionCookie(null, accountsOf(household.sessionOf, headers, secure).others, secure));
        // Their session is everybody's who looks around: the browser alone forgets it.
        if (session.persona === guest?.persona) return goes;
        if (!household.endSession(session.persona, id)) throw new Refusal('not_found', 'session_unknown', 'You have no such session.');
        return id === session.id ? goes : none();
      },
    }),
  ];
}
