import { Refusal } from '@commonhold/core';
import type { TokenWish } from '../../../household/tokens.ts';
import type { WebDeps } from '../ports.ts';
import { created, none, ok, signedIn, type Route } from '../route.ts';
import { flag, list, named, orNull, shape, text, whole } from '../shapes.ts';

/** Tokens for one's own scripts. */
export function tokenRoutes({ household }: Pick<WebDeps, 'household'>): Route[] {
  const { tokens } = household;
  return [
    signedIn({
      method: 'GET', path: '/me/tokens', summary: 'Tokens that you made for your own scripts', auth: 'session', limit: 'read',
      answers: { 200: shape({ tokens: list(named('Token')) }) }, handler: ({ session }) => ok({ tokens: tokens.list(session.persona) }),
    }),
    signedIn<TokenWish>({
      method: 'POST', path: '/me/tokens', summary: 'Make a token for a script; it is shown this once', auth: 'session', limit: 'write',
      body: shape({ label: text(64, 1), services: { type: ['array', 'null'], items: text(64, 1), minItems: 1, maxItems: 64, uniqueItems: true }, write: flag, 'days?': orNull(whole(1, 366)) }),
      answers: { 201: named('NewToken') }, problems: ['bad_label', 'too_many_tokens'],
      handler: ({ session, body }) => created(tokens.make(session.persona, body, session.id)),
    }),
    signedIn({
      method: 'DELETE', path: '/me/tokens/{id}', summary: 'End a token, and what it has open, at once', auth: 'session', limit: 'write', answers: { 204: null }, problems: ['token_unknown'],
      handler: ({ session, params }) => {
        if (!tokens.end(session.persona, params['id']!)) throw new Refusal('not_found', 'token_unknown', 'You have no such token.');
        return none();
      },
    }),
  ];
}
