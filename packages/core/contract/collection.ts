import type { Json, JsonObject } from '../bytes/json.ts';
import { AUDIENCES } from './audience.ts';
import { durationMs, CONTRACT_LIMITS as MAX } from './names.ts';
import { aList, anObject, closed, count, identifier, oneOf, step, stop, texts, words } from './place.ts';
import { checkRule } from './rule.ts';
import type { Audience, Kind } from './types.ts';

/** What a collection is checked against: the rest of its contract. */
export interface Around { readonly collections: JsonObject; readonly defs: JsonObject; readonly hasService: boolean }

const KINDS: readonly Kind[] = ['single', 'list', 'links', 'cache', 'local'];
const OPTIONAL = ['of', 'label', 'cluster', 'audiences', 'defaultAudience', 'limits', 'retention', 'index', 'counts'];

/** Checks one collection and its rules; stops at the first thing that could not be enforced. */
export function checkCollection(value: JsonObject, at: string, around: Around): void {
  const collection = closed(value, at, ['kind', 'item', 'allow'], OPTIONAL);
  const kind = oneOf(collection['kind'], `${at}/kind`, KINDS, 'unknown_kind');
  const fields = checkItem(collection, at, around.defs);
  if (kind === 'links') checkLinkShape(fields.schema, `${at}/item`);
  checkCard(collection, at);
  const audiences = checkAudiences(collection, at, kind);
  checkLimits(collection, at, kind);
  checkCache(collection, at, kind, around.collections);
  for (const member of ['index', 'counts']) if (member in collection) checkColumns(collection[member], `${at}/${member}`, fields.properties, around.defs);
  const rules = aList(collection['allow'], `${at}/allow`, MAX.rules, 0);
  const of = { kind, audiences, fields: new Set(Object.keys(fields.properties)), hasService: around.hasService };
  for (const [i, rule] of rules.entries()) checkRule(rule, step(`${at}/allow`, i), of);
}

interface Item { readonly schema: JsonObject; readonly properties: JsonObject }

function checkItem(collection: JsonObject, at: string, defs: JsonObject): Item {
  const name = identifier(collection['item'], `${at}/item`);
  if (!Object.hasOwn(defs, name)) stop('unknown_item', `${at}/item`, 'No definition in data/$defs.');
  const schema = defs[name] as JsonObject;
  const properties = schema['properties'];
  if (schema['type'] !== 'object' || properties === undefined || schema['additionalProperties'] !== false) {
    return stop('item_not_closed', `${at}/item`, 'An item is an object with properties and additionalProperties: false.');
  }
  return { schema, properties: properties as JsonObject };
}

/** A link says to whom and which relation, out of a closed list, so that no record can make a relation nobody foresaw. */
function checkLinkShape(schema: JsonObject, at: string): void {
  const fields = schema['properties'] as { [name: string]: JsonObject };
  const required = (schema['required'] ?? []) as string[];
  const isText = (name: string): boolean => fields[name]?.['type'] === 'string';
  const needed = required.includes('persona') && required.includes('relation');
  if (!needed || !isText('persona') || ('note' in fields && !isText('note'))) stop('bad_link', at, 'A link requires persona (a text) and relation; note, if any, is a text.');
  const relation = fields['relation']!;
  const named = 'const' in relation ? [relation['const']!] : relation['enum'];
  if (!Array.isArray(named)) return stop('bad_link', at, 'The relation of a link is a const or an enum.');
  for (const name of named) identifier(name, at);
}

function checkCard(collection: JsonObject, at: string): void {
  if ('cluster' in collection) words(collection['cluster'], `${at}/cluster`, MAX.title);
  if (!('label' in collection)) return;
  const label = closed(collection['label'], `${at}/label`, ['one', 'many']);
  words(label['one'], `${at}/label/one`, MAX.title);
  words(label['many'], `${at}/label/many`, MAX.title);
}

function checkAudiences(collection: JsonObject, at: string, kind: Kind): readonly Audience[] {
  if (!('audiences' in collection)) {
    if ('defaultAudience' in collection) stop('audience_not_listed', `${at}/defaultAudience`, 'The default is one of audiences.');
    return ['only-me'];
  }
  const audiences = texts(collection['audiences'], `${at}/audiences`, AUDIENCES.length)
    .map((name, i) => oneOf(name, step(`${at}/audiences`, i), AUDIENCES, 'unknown_audience'));
  if (kind === 'cache' || kind === 'local') {
    if (audiences.some((name) => name !== 'only-me')) stop('served_to_others', `${at}/audiences`, `A ${kind} collection is only-me.`);
  }
  if ('defaultAudience' in collection) oneOf(collection['defaultAudience'], `${at}/defaultAudience`, audiences, 'audience_not_listed');
  else if (audiences.length > 1) stop('default_needed', `${at}/defaultAudience`, 'More than one audience needs a default.');
  return audiences;
}

function checkLimits(collection: JsonObject, at: string, kind: Kind): void {
  if ('retention' in collection) {
    const retention = collection['retention'];
    if (typeof retention !== 'string' || durationMs(retention) === null) stop('bad_retention', `${at}/retention`, 'P, a number from 1 to 9999, and D, W, M or Y.');
  }
  if (!('limits' in collection)) return;
  const limits = closed(collection['limits'], `${at}/limits`, [], ['count', 'itemBytes']);
  if ('count' in limits) count(limits['count'], `${at}/limits/count`, kind === 'single' ? 1 : MAX.count);
  if ('itemBytes' in limits) count(limits['itemBytes'], `${at}/limits/itemBytes`, MAX.itemBytes);
}

function checkCache(collection: JsonObject, at: string, kind: Kind, collections: JsonObject): void {
  if (kind !== 'cache') {
    if ('of' in collection) stop('of_without_cache', `${at}/of`, 'Only a cache is of another collection.');
    return;
  }
  const of = identifier(collection['of'], `${at}/of`);
  if (!Object.hasOwn(collections, of)) stop('unknown_collection', `${at}/of`, 'No collection of this contract.');
  const source = anObject(collections[of], step('/collections', of));
  if (source['kind'] === 'cache' || source['kind'] === 'local' || source['item'] !== collection['item']) {
    stop('bad_cache', `${at}/of`, 'A cache keeps the same items as a collection that others serve.');
  }
  if (!('retention' in collection)) stop('retention_needed', `${at}/retention`, 'A cache says how long it keeps what is of others.');
}

function checkColumns(value: Json | undefined, at: string, properties: JsonObject, defs: JsonObject): void {
  for (const [i, name] of texts(value, at, MAX.names, 0).entries()) {
    if (!Object.hasOwn(properties, name)) stop('unknown_field', step(at, i), 'No field of the item.');
    const field = properties[name] as JsonObject;
    const ref = field['$ref'];
    const said = typeof ref === 'string' ? (defs[ref.slice('#/$defs/'.length)] as JsonObject)['type'] : field['type'];
    const types = Array.isArray(said) ? said : [said];
    if (types.includes('object') || types.includes('array')) stop('not_a_column', step(at, i), 'Only plain values can be sorted or counted.');
  }
}
