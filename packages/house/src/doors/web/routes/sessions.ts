import { Refusal } from '@commonhold/core';
import { sessionCookie } from '../checks/session.ts';
import type { WebDeps } from '../ports.ts';
import { none, route, signedIn, type Route } from '../route.ts';
import { named, shape, text } from '../shapes.ts';
import { welcome } from './enter.ts';

/** Logging in and out. */
export function sessionRoutes({ household }: Pick<WebDeps, 'household'>): Route[] {
  return [
    route<{ handle: string; passphrase: string; label?: string }>({
      method: 'POST', path: '/sessions', summary: 'Log in', auth: 'any', limit: 'login',
      body: shape({ handle: text(64, 1), passphrase: text(256, 1), 'label?': text(64) }),
      answers: { 201: named('Welcome') }, problems: ['wrong_passphrase', 'slow_down', 'busy'],
      handler: async (call) => welcome(await household.createSession({ ...call.body, from: call.from }), call),
    }),
    signedIn({
      method: 'DELETE', path: '/sessions/{id}', summary: 'End one of your sessions; "current" is this one', auth: 'session', limit: 'write',
      answers: { 204: null }, problems: ['session_unknown'],
      handler: ({ params, session, secure }) => {
        const id = params['id'] === 'current' ? session.id : params['id']!;
        if (!household.endSession(session.persona, id)) throw new Refusal('not_found', 'session_unknown', 'You have no such session.');
        return id === session.id ? none(sessionCookie(null, secure)) : none();
      },
    }),
  ];
}
