import { canonical, isObject, type Json, type JsonObject } from '../bytes/json.ts';
import type { Contract } from './types.ts';

/* Deeper than this only what is required is shown. */
const SHOWN = 3;
/* A definition that needs itself has no record at all. */
const DEEPEST = 16;

type Defs = Contract['data']['$defs'];
interface Place { readonly defs: Defs; readonly name: string; readonly depth: number; /** The how many-eth of a list that wants different ones. */ readonly nth: number }

/**
 * What a record of a collection could look like, made from the contract's schema alone: each text is the name of its field. Null where the
 * schema lets no record be made so, as with a definition that needs itself.
 */
export function sampleRecord({ collections, data: { $defs } }: Contract, collection: string): JsonObject | null {
  const made = sampleOf($defs[collections[collection]!.item]!, { defs: $defs, name: collection, depth: 0, nth: 0 });
  return isObject(made) ? made : null;
}

const NONE = undefined;

function sampleOf(schema: JsonObject, place: Place): Json | undefined {
  if (place.depth > DEEPEST) return NONE;
  const { $ref: ref } = schema;
  if (typeof ref === 'string') return sampleOf(place.defs[ref.slice('#/$defs/'.length)]!, { ...place, depth: place.depth + 1 });
  if ('const' in schema) return schema['const'];
  return 'enum' in schema ? (schema['enum'] as Json[])[place.nth] : typedOf(schema, place);
}

function typedOf(schema: JsonObject, place: Place): Json | undefined {
  const { type } = schema;
  switch (Array.isArray(type) ? type.find((one) => one !== 'null') : type) {
    case 'object': return objectOf(schema, place);
    case 'array': return arrayOf(schema, place);
    case 'string': return textOf(schema, place);
    case 'boolean': return place.nth === 0 ? true : place.nth === 1 ? false : NONE;
    case 'null': return null;
    default: return numberOf(schema, place);
  }
}

function objectOf({ properties = {}, required = [] }: JsonObject, place: Place): JsonObject | undefined {
  const made: JsonObject = {};
  for (const [name, inner] of Object.entries(properties as { [name: string]: JsonObject })) {
    const isNeeded = (required as Json[]).includes(name);
    if (!isNeeded && place.depth >= SHOWN) continue;
    const value = sampleOf(inner, { ...place, name, depth: place.depth + 1 });
    if (value !== undefined) made[name] = value;
    else if (isNeeded) return NONE;
  }
  return made;
}

function arrayOf({ items, minItems = 0, maxItems = 1, uniqueItems }: JsonObject, place: Place): Json[] | undefined {
  const made: Json[] = [];
  for (let nth = 0; nth < Math.max(minItems as number, Math.min(1, maxItems as number)); nth++) {
    const one = sampleOf(items as JsonObject, { ...place, depth: place.depth + 1, nth });
    const isAgain = uniqueItems === true && one !== undefined && made.some((other) => canonical(other) === canonical(one));
    if (one === undefined || isAgain) return (minItems as number) > nth ? NONE : made;
    made.push(one);
  }
  return made;
}

const FORMATS: { readonly [format: string]: (nth: number) => string } = {
  date: (nth) => `${2027 + nth}-05-01`, 'date-time': (nth) => `${2027 + nth}-05-01T18:30:00Z`,
  uri: (nth) => `https://example.org/${nth === 0 ? '' : nth}`, blob: (nth) => `${nth}`.padEnd(43, 'A'),
};

function textOf({ format, minLength = 0, maxLength = Infinity }: JsonObject, { name, nth }: Place): string | undefined {
  const made = typeof format === 'string' ? FORMATS[format]!(nth) : `${name.replace(/_/g, ' ')}${nth === 0 ? '' : ` ${nth + 1}`}`;
  if (made.length >= (minLength as number) && made.length <= (maxLength as number)) return made;
  if (typeof format === 'string') return NONE;
  // What tells one from another stands at the end of a text that is too short, and at the beginning of one that is too long.
  return made.length < (minLength as number) ? made.padStart(minLength as number, '·') : `${nth + 1}${made}`.slice(0, maxLength as number);
}

function numberOf({ type, minimum = -Infinity, maximum = Infinity }: JsonObject, { nth }: Place): number | undefined {
  const whole = type === 'integer' || (Array.isArray(type) && type.includes('integer'));
  const least = whole ? Math.ceil(minimum as number) : minimum as number;
  const made = Math.max(Math.min(1, maximum as number), least) + nth;
  const found = whole ? Math.floor(made) : made;
  return found >= least && found <= (maximum as number) ? found : NONE;
}
