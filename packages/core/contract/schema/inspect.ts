import { isObject, type Json, type JsonObject } from '../../bytes/json.ts';
import { pointerName } from './issue.ts';
import { FORMATS } from './formats.ts';

/** Why a schema is refused, and where (JSON pointer). */
export interface SchemaRefusal { readonly code: SchemaCode; readonly at: string; readonly message: string }

/** Every code a refused schema may carry. */
export type SchemaCode =
  | 'schema_not_object' | 'unknown_keyword' | 'misplaced_keyword' | 'bad_keyword' | 'type_needed' | 'closed_needed' | 'items_needed'
  | 'unknown_ref' | 'unknown_format' | 'bad_field_name' | 'too_many_fields' | 'schema_too_deep' | 'ref_chain';

const MAX_SCHEMA_DEPTH = 16;
const MAX_FIELDS = 256;
const MAX_VALUES = 256;
const FIELD = /^[A-Za-z][A-Za-z0-9_]{0,62}$/;

type Test = (value: Json) => boolean;
const isText: Test = (value) => typeof value === 'string';
const isCount: Test = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isNumber: Test = (value) => typeof value === 'number' && Number.isFinite(value);
const isScalar: Test = (value) => value === null || ['string', 'boolean'].includes(typeof value) || isNumber(value);
const isSchema: Test = isObject;

const ANYWHERE: Keywords = { title: isText, description: isText };
type Keywords = { readonly [keyword: string]: Test };

/** The closed keyword list: which keywords each type may carry, and what their values must be. */
const KEYWORDS: { readonly [type: string]: Keywords } = {
  object: { properties: isObject, required: Array.isArray, additionalProperties: (value) => value === false || isSchema(value) },
  array: { items: isSchema, minItems: isCount, maxItems: isCount, uniqueItems: (value) => typeof value === 'boolean' },
  string: { minLength: isCount, maxLength: isCount, format: isText },
  number: { minimum: isNumber, maximum: isNumber },
  integer: { minimum: isNumber, maximum: isNumber },
  boolean: {},
  null: {},
};
const VALUES: Keywords = {
  const: isScalar,
  enum: (value) => Array.isArray(value) && value.length > 0 && value.length <= MAX_VALUES && value.every(isScalar)
    && new Set(value).size === value.length,
};
const KNOWN = new Set(['type', '$ref', ...Object.keys(ANYWHERE), ...Object.keys(VALUES), ...Object.values(KEYWORDS).flatMap(Object.keys)]);

/** The test of every keyword that a type may carry, by type; undefined = none said. */
const TESTS: ReadonlyMap<string | undefined, ReadonlyMap<string, Test>> = new Map(
  [...Object.keys(KEYWORDS), undefined].map((type): [string | undefined, ReadonlyMap<string, Test>] => {
    const scalar = type !== 'object' && type !== 'array';
    return [type, new Map(Object.entries({ ...ANYWHERE, ...(scalar ? VALUES : {}), ...(type === undefined ? {} : KEYWORDS[type]) }))];
  }));

type Defs = { readonly [name: string]: JsonObject };
const refuse = (code: SchemaCode, at: string, message: string): SchemaRefusal => ({ code, at, message });

/** The first thing wrong with a schema, or null. Bounded: never deeper than 16 levels. */
export function inspectSchema(schema: unknown, at: string, defs: Defs, depth: number): SchemaRefusal | null {
  if (!isObject(schema)) return refuse('schema_not_object', at, 'A schema is an object.');
  if (depth > MAX_SCHEMA_DEPTH) return refuse('schema_too_deep', at, `Schemas nest at most ${MAX_SCHEMA_DEPTH} levels.`);
  for (const keyword of Object.keys(schema)) {
    if (!KNOWN.has(keyword)) return refuse('unknown_keyword', `${at}/${pointerName(keyword)}`, 'This keyword is not in the closed list.');
  }
  return '$ref' in schema ? inspectRef(schema, at, defs) : inspectTyped(schema, at, defs, depth);
}

function inspectTyped(schema: JsonObject, at: string, defs: Defs, depth: number): SchemaRefusal | null {
  const type = typeOf(schema['type']);
  if (type === null) return refuse('bad_keyword', `${at}/type`, 'One type of JSON, or a list of one type and null.');
  if (type === undefined && !('const' in schema) && !('enum' in schema)) return refuse('type_needed', at, 'Say a type, a $ref, a const or an enum.');
  return inspectKeywords(schema, type, at) ?? (type === undefined ? null : inspectInner(schema, type, at, defs, depth));
}

/** The type apart from null; undefined when none is said, null when it is not a type. */
function typeOf(said: Json | undefined): string | null | undefined {
  if (said === undefined) return undefined;
  if (Array.isArray(said)) {
    const rest = said.filter((name) => name !== 'null');
    return said.length === 2 && rest.length === 1 ? typeOf(rest[0]) : null;
  }
  return typeof said === 'string' && Object.hasOwn(KEYWORDS, said) ? said : null;
}

function inspectRef(schema: JsonObject, at: string, defs: Defs): SchemaRefusal | null {
  for (const keyword of Object.keys(schema)) {
    if (keyword !== '$ref' && !Object.hasOwn(ANYWHERE, keyword)) return refuse('misplaced_keyword', `${at}/${keyword}`, 'Nothing but title and description stands beside $ref.');
  }
  const name = refName(schema['$ref'], defs);
  if (name === null) return refuse('unknown_ref', `${at}/$ref`, 'A $ref names one of #/$defs.');
  // So that no chain of references, long or round, has to be followed.
  if (isObject(defs[name]) && '$ref' in defs[name]) return refuse('ref_chain', `${at}/$ref`, 'A $ref names a definition that is not itself a $ref.');
  return null;
}

function refName(ref: Json | undefined, defs: Defs): string | null {
  if (typeof ref !== 'string' || !ref.startsWith('#/$defs/')) return null;
  const name = ref.slice('#/$defs/'.length);
  return Object.hasOwn(defs, name) ? name : null;
}

function inspectKeywords(schema: JsonObject, type: string | undefined, at: string): SchemaRefusal | null {
  const mine = TESTS.get(type)!;
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'type') continue;
    const test = mine.get(keyword);
    if (test === undefined) return refuse('misplaced_keyword', `${at}/${keyword}`, `${keyword} does not belong to this type.`);
    if (!test(value)) return refuse('bad_keyword', `${at}/${keyword}`, `This is not a value for ${keyword}.`);
  }
  if ('const' in schema && 'enum' in schema) return refuse('misplaced_keyword', `${at}/enum`, 'Say const or enum, not both.');
  return inspectRanges(schema, at);
}

function inspectRanges(schema: JsonObject, at: string): SchemaRefusal | null {
  for (const [low, high] of RANGES) {
    if (schema[low] !== undefined && schema[high] !== undefined && schema[low]! > schema[high]!) return refuse('bad_keyword', `${at}/${high}`, `${high} lies below ${low}.`);
  }
  return null;
}
const RANGES = [['minLength', 'maxLength'], ['minimum', 'maximum'], ['minItems', 'maxItems']] as const;

function inspectInner(schema: JsonObject, type: string, at: string, defs: Defs, depth: number): SchemaRefusal | null {
  if (type === 'object') return inspectObject(schema, at, defs, depth);
  if (type === 'array') {
    return 'items' in schema ? inspectSchema(schema['items'], `${at}/items`, defs, depth + 1) : refuse('items_needed', at, 'A list says what its items are.');
  }
  const format = schema['format'];
  if (format !== undefined && !Object.hasOwn(FORMATS, format as string)) return refuse('unknown_format', `${at}/format`, `Formats are ${Object.keys(FORMATS).join(', ')}.`);
  return null;
}

function inspectObject(schema: JsonObject, at: string, defs: Defs, depth: number): SchemaRefusal | null {
  if (!('additionalProperties' in schema)) return refuse('closed_needed', at, 'An object says additionalProperties: false, or of which schema.');
  const fields = (schema['properties'] ?? {}) as JsonObject;
  const names = Object.keys(fields);
  if (names.length > MAX_FIELDS) return refuse('too_many_fields', `${at}/properties`, `At most ${MAX_FIELDS} fields.`);
  for (const name of names) {
    const place = `${at}/properties/${pointerName(name)}`;
    if (!FIELD.test(name)) return refuse('bad_field_name', place, 'A field is a letter, then letters, digits or _, at most 63.');
    const wrong = inspectSchema(fields[name], place, defs, depth + 1);
    if (wrong !== null) return wrong;
  }
  const rest = schema['additionalProperties'];
  return inspectRequired((schema['required'] ?? []) as Json[], fields, at) ?? (rest === false ? null : inspectSchema(rest, `${at}/additionalProperties`, defs, depth + 1));
}

function inspectRequired(required: Json[], fields: JsonObject, at: string): SchemaRefusal | null {
  for (const [i, name] of required.entries()) {
    if (typeof name !== 'string' || !Object.hasOwn(fields, name) || required.indexOf(name) !== i) return refuse('bad_keyword', `${at}/required/${i}`, 'Each required name is a field, said once.');
  }
  return null;
}
