import type { WebDeps } from '../ports.ts';
import { ok, route, type Route } from '../route.ts';
import { shape, text, whole } from '../shapes.ts';

/** The state of the process, and what it speaks. `document` is the finished OpenAPI document. */
export function healthRoutes({ household, version }: Pick<WebDeps, 'household' | 'version'>, document: () => unknown): Route[] {
  return [
    route({
      method: 'GET', path: '/healthz', summary: 'Whether the house is up', auth: 'any', limit: 'read',
      answers: { 200: shape({ status: { const: 'ok' }, version: text(40), people: whole(0, 300), capacity: whole(0, 300) }) },
      handler: () => ok({ status: 'ok', version, people: household.count(), capacity: household.capacity }),
    }),
    route({
      method: 'GET', path: '/openapi.json', summary: 'This API, as OpenAPI 3.1', auth: 'any', limit: 'read',
      answers: { 200: { type: 'object' } }, handler: () => ok(document()),
    }),
  ];
}
