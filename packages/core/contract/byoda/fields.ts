import type { Json, JsonObject } from '../../bytes/json.ts';
import { aList, anObject, closed, identifier, oneOf, step, stop, texts } from '../place.ts';
import { readAccess, type Grant } from './access.ts';
import type { Notes } from '../notes.ts';

/** A record's shape in our keywords, and what the file says beside it. */
export interface Shape {
  readonly properties: { [field: string]: JsonObject };
  readonly required: readonly string[];
  readonly index: readonly string[];
  readonly counts: readonly string[];
  readonly grants: ReadonlyMap<string, readonly Grant[]>;
  /** Names of the definitions that it refers to. */
  readonly refs: readonly string[];
}

const SCALARS = ['string', 'integer', 'number', 'boolean'] as const;
const PLAIN: readonly string[] = ['email', 'idn-email', 'ipv4', 'iri'];
const FIELD_WORDS = ['description', 'title', '#accesscontrol', '#properties', '#obsolete'];
const COLUMNS = ['primary_key', 'index', 'counter'] as const;
const UUID = { minLength: 36, maxLength: 53 };

/** What the fields of a file are read with: its definitions, and where notes go. */
export interface FieldsAround { readonly defs: JsonObject; readonly notes: Notes }

/** Reads an object of the file: `properties` and `required`; fields that are obsolete are gone. */
export function readShape(object: JsonObject, at: string, around: FieldsAround): Shape {
  const fields = anObject(object['properties'], `${at}/properties`);
  const shape = { properties: {} as Shape['properties'], index: [] as string[], counts: [] as string[], grants: new Map<string, readonly Grant[]>(), refs: [] as string[] };
  for (const [name, value] of Object.entries(fields)) {
    const here = step(`${at}/properties`, name);
    const field = anObject(value, here);
    const schema = readField(field, here, shape.refs, around);
    const grants = readAccess(field['#accesscontrol'], `${here}/#accesscontrol`, around.notes);
    if (isObsolete(field, here)) continue;
    // Not by assignment: a field may have the name that JavaScript gives a meaning, and is refused by it later.
    Object.defineProperty(shape.properties, name, { value: schema, enumerable: true });
    if (grants.length > 0) shape.grants.set(name, grants);
    for (const column of columnsOf(field, here, around.notes)) (column === 'counter' ? shape.counts : shape.index).push(name);
  }
  const required = 'required' in object ? texts(object['required'], `${at}/required`, Object.keys(fields).length + 1, 0) : [];
  for (const [i, name] of required.entries()) if (!Object.hasOwn(fields, name)) stop('unknown_field', step(`${at}/required`, i), 'No field of this object.');
  return { ...shape, index: [...new Set(shape.index)], required: required.filter((name) => Object.hasOwn(shape.properties, name)) };
}

function isObsolete(field: JsonObject, at: string): boolean {
  const said = field['#obsolete'] ?? false;
  return typeof said === 'boolean' ? said : stop('wrong_type', `${at}/#obsolete`, 'True or false.');
}

function columnsOf(field: JsonObject, at: string, notes: Notes): string[] {
  if (!('#properties' in field)) return [];
  const said = texts(field['#properties'], `${at}/#properties`, COLUMNS.length, 0)
    .map((name, i) => oneOf(name, step(`${at}/#properties`, i), COLUMNS, 'unknown_property'));
  if (said.length > 0 && field['type'] === 'array') stop('not_a_column', `${at}/#properties`, 'Only plain values can be sorted or counted.');
  if (said.includes('primary_key')) notes.add('key_not_unique', `${at}/#properties`);
  return said;
}

function readField(field: JsonObject, at: string, refs: string[], around: FieldsAround): JsonObject {
  if (field['type'] === 'object') stop('nested_object', at, 'An object stands in a list of its own definition, never in a field.');
  if (field['type'] !== 'array') return readScalar(field, at, around.notes);
  closed(field, at, ['type', 'items'], FIELD_WORDS);
  const items = readItems(field['items'], `${at}/items`, around);
  if ('ref' in items) refs.push(items.ref);
  return { type: 'array', items: 'ref' in items ? { $ref: `#/$defs/${items.ref}` } : items.scalar };
}

/** What a list is of: a definition of the file, or a plain value. */
export function readItems(value: Json | undefined, at: string, { defs, notes }: FieldsAround): { ref: string } | { scalar: JsonObject } {
  const items = anObject(value, at);
  if (!('$ref' in items)) return { scalar: readScalar(items, at, notes) };
  closed(items, at, ['$ref'], ['description', 'title']);
  const ref = items['$ref'];
  const found = typeof ref === 'string' ? /^#?\/schemas\/([^/]{1,80})$/.exec(ref) : null;
  if (found === null || !Object.hasOwn(defs, found[1]!)) return stop('unknown_ref', `${at}/$ref`, 'A $ref is /schemas/ and the name of one of jsonschema/$defs.');
  return { ref: identifier(found[1], step('/jsonschema/$defs', found[1]!)) };
}

/** A plain value in our keywords. */
function readScalar(field: JsonObject, at: string, notes: Notes): JsonObject {
  closed(field, at, ['type'], ['format', 'enum', ...FIELD_WORDS]);
  const type = oneOf(field['type'], `${at}/type`, SCALARS, 'unknown_type');
  if ('format' in field && type !== 'string') stop('misplaced_keyword', `${at}/format`, 'Only texts have a format.');
  const listed: JsonObject = 'enum' in field ? { enum: aList(field['enum'], `${at}/enum`, 256) } : {};
  return { type, ...listed, ...('format' in field ? formatOf(field['format'], `${at}/format`, notes) : {}) };
}

function formatOf(value: Json | undefined, at: string, notes: Notes): JsonObject {
  if (value === 'date-time') return { format: 'date-time' };
  if (value === 'uuid') { notes.add('format_unchecked', at); return UUID; }
  if (value === 'uri' || value === 'url') { notes.add('address_form', at); return { format: 'uri' }; }
  if (!PLAIN.includes(value as string)) stop('unknown_format', at, `Formats are date-time, uuid, uri, url, ${PLAIN.join(', ')}.`);
  notes.add('format_unchecked', at);
  return {};
}
