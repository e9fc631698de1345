import type { JsonObject } from '@commonhold/core';
import type { Route } from './route.ts';
import { named, SHAPES } from './shapes.ts';
import { BACKUP_SHAPES } from './shapes-backups.ts';
import { DATA_SHAPES } from './shapes-data.ts';
import { LATER_SHAPES } from './shapes-later.ts';
import { SERVICE_SHAPES } from './shapes-services.ts';

/** OpenAPI 3.1 of a route table: generated from the very schemas that check. */
export function openapi(routes: readonly Route[], version: string): JsonObject {
  const paths: { [path: string]: JsonObject } = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Commonhold house', version, license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
      description: 'The API of one house. Errors are problem+json with a stable `code`. Writes that a cookie authenticates need a matching Origin.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { ...SHAPES, ...DATA_SHAPES, ...LATER_SHAPES, ...BACKUP_SHAPES, ...SERVICE_SHAPES },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The session of a login or join.' },
        token: { type: 'http', scheme: 'bearer', description: 'A token that somebody made for a script of theirs; it may be narrowed to some services and to reading.' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'commonhold', description: 'The same, set by the house; __Host-commonhold by https.' },
      },
    },
  };
}

function operation(route: Route): JsonObject {
  const parameters = [...pathParameters(route.path), ...queryParameters(route.query)];
  return {
    operationId: operationId(route), summary: route.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(route.bytes?.way === 'in' && { requestBody: { required: true, content: { 'application/octet-stream': { schema: BYTES } } } }),
    ...(route.body && { requestBody: { required: true, content: { [route.raw ?? 'application/json']: { schema: route.body } } } }),
    responses: responses(route),
    security: [...(route.auth === 'any' ? [{}] : []), { bearer: [] }, { cookie: [] }, ...(route.app ? [{ token: [] }] : [])],
    'x-auth': route.auth, 'x-problems': [...(route.problems ?? [])],
  };
}

const BYTES: JsonObject = { type: 'string', format: 'binary' };

const operationId = ({ method, path }: Route): string =>
  `${method.toLowerCase()}${path.split('/').filter(Boolean).map((part) => part.replace(/[^a-z]/gi, '')).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('')}`;

const pathParameters = (path: string): JsonObject[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map((found) => ({ name: found[1]!, in: 'path', required: true, schema: { type: 'string' } }));

function queryParameters(query: JsonObject | undefined): JsonObject[] {
  const required = new Set((query?.['required'] ?? []) as string[]);
  return Object.entries((query?.['properties'] ?? {}) as Record<string, JsonObject>)
    .map(([name, schema]) => ({ name, in: 'query', required: required.has(name), schema }));
}

function responses(route: Route): JsonObject {
  const out: JsonObject = {};
  for (const [status, schema] of Object.entries(route.answers)) {
    const type = route.stream ? 'text/event-stream' : route.bytes?.way === 'out' ? '*/*' : 'application/json';
    out[status] = schema === null ? { description: 'Done' } : { description: Number(status) < 400 ? 'Done' : 'A problem', content: { [type]: { schema }, ...(Number(status) >= 400 && { 'application/problem+json': { schema: named('Problem') } }) } };
  }
  out['default'] = { description: 'A problem', content: { 'application/problem+json': { schema: named('Problem') } } };
  return out;
}
