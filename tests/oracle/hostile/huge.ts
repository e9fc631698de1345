import type { Json, JsonObject } from '@commonhold/core';

const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const named = (count: number, name: (i: number) => string, make: (i: number) => Json): JsonObject => Object.fromEntries(many(count, (i): [string, Json] => [name(i), make(i)]));

const item = (properties: JsonObject, required: string[] = []): JsonObject => ({ type: 'object', properties, required, additionalProperties: false });
const text: JsonObject = { type: 'string' };

const contract = (collections: JsonObject, $defs: JsonObject, more: JsonObject = {}): JsonObject => ({
  commonhold: 'contract/1', version: 1, purpose: 'Too much.', service: { id: 'A'.repeat(43), name: 'p', title: 'P', publisher: 'x', key: 'A'.repeat(43) },
  collections, data: { $schema: 'https://json-schema.org/draft/2020-12/schema', $defs }, ...more,
});
const lists = (count: number, allow: Json[], name = 't'): JsonObject =>
  named(count, (i) => `c${i}`, () => ({ kind: 'list', item: name, audiences: ['everyone'], defaultAudience: 'everyone', allow }));

const file = (properties: JsonObject, $defs: JsonObject, more: JsonObject = {}): JsonObject => ({
  name: 'n', description: 'Too much.', owner: 'o', website: 'https://n.example', supportemail: 'a@n.example', service_id: 1, version: 1, cors_origins: ['n.example'], signatures: {},
  jsonschema: { type: 'object', properties, $defs }, ...more,
});
const classes = (count: number, access: JsonObject, more: JsonObject = {}): JsonObject =>
  named(count, (i) => `c${i}`, () => ({ type: 'array', items: { $ref: '/schemas/t' }, '#accesscontrol': access, ...more }));
const fields = named(256, (i) => `f${i}`, () => text);
const shown: JsonObject = { any_member: { permissions: ['read'] }, service: { permissions: ['read'] } };
const link: JsonObject = { type: 'object', properties: { member_id: text, relation: text } };

/** Documents near a limit, each made to take long where work grew with the product of its parts. */
export function huge(): { name: string; document: JsonObject }[] {
  const round = named(500, (i) => `n${i}`, (i) => item({ a: { type: 'array', items: { $ref: `#/$defs/n${(i + 1) % 500}` } }, b: { $ref: `#/$defs/n${(i * 7) % 500}` } }));
  const ours: [string, JsonObject][] = [
    ['every field of every collection leads round', contract(lists(128, []), { ...round, t: item(named(256, (i) => `f${i}`, (i) => ({ $ref: `#/$defs/n${i}` }))) })],
    ['rules that name every field', contract(lists(8, many(16, () => ({ who: 'anyone', may: ['read'], fields: Object.keys(fields) }))), { t: item(fields) })],
    ['as many rules as may be', contract(lists(100, many(64, () => ({ who: 'member', may: ['add'] }))), { t: item({ a: text }) })],
    ['rules of relations that many links make', contract({
      ...lists(20, many(8, () => ({ who: { linked: many(64, (i) => `r${i}`) }, may: ['read'] }))),
      ...named(20, (i) => `l${i}`, () => ({ kind: 'links', item: 'l', allow: [] })),
    }, { t: item({ a: text }), l: item({ persona: text, relation: { type: 'string', enum: many(256, (i) => `r${i}`) } }, ['persona', 'relation']) })],
    ['everything is required', contract(lists(1, []), named(32, (i) => (i === 0 ? 't' : `t${i}`), () => item(fields, Object.keys(fields))))],
    ['one text as great as may be', contract(lists(1, []), { t: item({ a: text }) }, { purpose: ' '.repeat(250_000) })],
    ['an address that never ends', contract(lists(1, []), { t: item({ a: text }) }, { service: { website: `https://${'a@'.repeat(120_000)}` } })],
    ['a name after another', named(20_000, (i) => `n${i}`, () => null)],
  ];
  const theirs: [string, JsonObject][] = [
    ['definitions in a chain', file(classes(1, {}), named(1_500, (i) => (i === 0 ? 't' : `t${i}`), (i) => ({ type: 'object', properties: { a: { type: 'array', items: { $ref: `/schemas/t${(i + 1) % 1_500}` } } } })))],
    ['definitions that go round', file(classes(128, {}), { t: { type: 'object', properties: { a: { type: 'array', items: { $ref: '/schemas/t' } } } } })],
    ['permissions of relations', file({ ...classes(100, { network: { permissions: many(32, (i) => ({ permission: 'read', relation: [`r${i}`] })) } }), network_links: { type: 'array', items: { $ref: '/schemas/l' } } }, { t: link, l: link })],
    ['permissions of fields', file(classes(128, {}), { t: { type: 'object', properties: named(200, (i) => `f${i}`, () => ({ ...text, '#accesscontrol': shown })) } })],
    ['caches of each other', file(classes(128, { member: { permissions: ['read'] } }, { '#properties': ['cache_only'] }), { t: link })],
    ['a signature that never ends', file(classes(1, {}), { t: link }, { signatures: { service: { signature: `${'='.repeat(200_000)}x`, hash_algorithm: 'SHA256', timestamp: 'x', certificate: 'x' } } })],
    ['a time that never ends', file(classes(1, {}, { '#properties': [`cache_only:${':'.repeat(200_000)}`] }), { t: link })],
  ];
  return [...ours.map(([name, document]) => ({ name, document })), ...theirs.map(([name, document]) => ({ name: `BYODA, ${name}`, document }))];
}
