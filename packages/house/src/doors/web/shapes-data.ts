import type { JsonObject } from '@commonhold/core';
import { list, named, oneOf, shape, text, whole } from './shapes.ts';

/* Requests of the data API. The gate checks them; these say the same in OpenAPI, and a test holds the two together. */
const scalar: JsonObject = { type: ['string', 'number', 'boolean', 'null'], maxLength: 1000 };
const ordered: JsonObject = { type: ['string', 'number'], maxLength: 1000 };
const values: JsonObject = { type: 'array', items: scalar, maxItems: 512 };
const part: JsonObject = { type: 'string', maxLength: 1000 };
const field: JsonObject = text(64, 1);
const fields = (maxItems: number): JsonObject => ({ type: 'array', items: field, minItems: 1, maxItems, uniqueItems: true });
const several: JsonObject = { type: 'array', items: named('Where'), maxItems: 64 };
const where = named('Where');
const count: JsonObject = { type: 'integer', minimum: 0 };
const plain: JsonObject = { type: 'string' };
const cursor: JsonObject = { type: ['string', 'null'] };

/** Shapes with names. */
export const DATA_SHAPES: Readonly<Record<string, JsonObject>> = {
  Condition: {
    type: 'object', additionalProperties: false, minProperties: 1,
    properties: { eq: scalar, ne: scalar, lt: ordered, lte: ordered, gt: ordered, gte: ordered, in: values, nin: values, prefix: part, contains: scalar },
  },
  Where: {
    type: 'object', description: 'Conditions by field, all of which hold; at most 8 levels, 64 conditions, 512 values. $key, $author, $at, $audience are fields, too.',
    properties: { all: several, any: several, not: where }, additionalProperties: named('Condition'),
  },
  FoundRecord: shape({ key: plain, author: plain, at: plain, audience: plain, 'version?': plain, body: { type: 'object' }, cursor: plain, origin: plain, proof: oneOf('home') }),
  Origin: { oneOf: [shape({ persona: plain, ok: { const: true }, count }), shape({ persona: plain, ok: { const: false }, problem: plain })] },
  Records: shape({ items: list(named('FoundRecord')), prev: cursor, next: cursor, 'origins?': list(named('Origin')) }),
  Put: shape({ items: list(shape({ key: { type: 'string' }, 'version?': { type: 'string' } })) }),
  Changed: shape({ count }),
  ServiceOffer: shape({
    statement: shape({
      v: { const: 1 }, type: oneOf('service-offer'), service: text(43, 43), by: text(43, 43), owner: text(53, 53), collection: text(63, 1), key: text(128, 4), op: oneOf('put', 'remove'),
      'body?': text(43, 43), nonce: text(22, 22), expiry: count,
    }),
    signatures: { type: 'array', items: text(86, 86), minItems: 1, maxItems: 1 },
  }),
  Counted: shape({ count, 'groups?': list(shape({ value: {}, count })) }),
};

const items = (item: JsonObject): Record<string, JsonObject> => ({ items: { type: 'array', minItems: 1, maxItems: 100, items: item } });
const version: Record<string, JsonObject> = { 'ifVersion?': { type: ['string', 'null'], maxLength: 64 } };
/** What a service itself puts, signed with its key (spec/record.md, "Offers of services"). */
const said = shape({ offer: named('ServiceOffer'), body: { type: 'object' }, salt: text(43, 43), ...version });

/** Bodies by verb: of whoever is somebody; of a service. */
export const DATA_BODIES = {
  query: shape({ 'where?': where, 'select?': fields(64), 'order?': fields(4), 'first?': whole(1, 500), 'after?': text(8192, 1), 'before?': text(8192, 1), 'reach?': shape({ linked: fields(16), 'deadlineMs?': whole(1, 10_000) }) }),
  count: shape({ 'where?': where, 'by?': field }),
  put: { anyOf: [shape(items(shape({ 'key?': text(128, 1), body: { type: 'object' }, 'audience?': text(64), ...version }))), shape(items(said))] },
  patch: { anyOf: [shape({ where, set: { type: 'object', minProperties: 1 } }), shape(items(said))] },
  remove: { anyOf: [shape({ where }), shape(items(shape({ offer: named('ServiceOffer') })))] },
};
