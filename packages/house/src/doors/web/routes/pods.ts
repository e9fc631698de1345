import { fromBase64Url, Refusal } from '@commonhold/core';
import type { WebDeps } from '../ports.ts';
import { ok, route, type Route } from '../route.ts';
import { list, named, shape, signedShape, text } from '../shapes.ts';
import { anySigned } from '../shapes-services.ts';

/** Reading one record. GET itself is answered by the faster `hot.ts`; this serves HEAD and describes it. */
export function podRoutes({ gate }: Pick<WebDeps, 'gate'>): Route[] {
  return [route({
    method: 'GET', path: '/pods/{persona}/{service}/{collection}/{key}', auth: 'any', limit: 'read', app: true, signed: true,
    summary: 'One record, if it is there and for you; denied and absent are the same answer', answers: { 200: named('Record') }, problems: ['not_found'],
    handler: ({ caller, params }) => {
      const found = gate.get(caller, params['persona']!, params['service']!, params['collection']!, params['key']!);
      if (found === null) throw new Refusal('not_found', 'not_found', 'There is nothing here, or not for you.');
      return ok(JSON.parse(found));
    },
  }), route<unknown, { challenge?: string }>({
    method: 'GET', path: '/pods/{persona}/{service}/joined', auth: 'any', limit: 'read', app: true, signed: true,
    summary: 'That somebody joined a service, signed, and the key log to check it by: for themselves, the service and its members. `challenge` (32 bytes, base64url): the service itself is answered that they are here now', query: shape({ 'challenge?': text(43, 43) }), answers: { 200: shape({ joined: anySigned, keyLog: list(signedShape), 'present?': anySigned }) }, problems: ['not_found', 'bad_challenge'],
    handler: ({ caller, params, query: { challenge } }) => {
      if (challenge !== undefined && fromBase64Url(challenge, 32) === null) throw new Refusal('invalid', 'bad_challenge', 'A challenge is 32 bytes as base64url.', { field: 'challenge' });
      const found = gate.joined(caller, params['persona']!, params['service']!, challenge);
      if (found === null) throw new Refusal('not_found', 'not_found', 'There is nothing here, or not for you.');
      return ok(JSON.parse(found));
    },
  })];
}
