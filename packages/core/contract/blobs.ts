import { isObject, type Json, type JsonObject } from '../bytes/json.ts';
import { isBlobName } from './schema/formats.ts';
import { holds, leadingTo, own, refOf, refsOf, type Defs } from './graph.ts';
import { pointerName } from './schema/issue.ts';

/** A blob that a record names: its hash, the record's field that names it, and the place in the body (a JSON pointer). */
export interface NamedBlob { readonly blob: string; readonly field: string; readonly at: string }

/** The blobs that a body names by the text of any contract, good or not (spec/contract.md, "Blobs"), in the body's own order. */
export function namedBlobs(contract: JsonObject, collection: string, body: Json): readonly NamedBlob[] {
  const defs = own(contract['data'], '$defs');
  const item = own(own(contract['collections'], collection), 'item');
  const found: NamedBlob[] = [];
  const walk = (schema: Json | undefined, value: Json, field: string, at: string): void => {
    const meant = resolved(schema, defs);
    if (typeof value === 'string') {
      if (own(meant, 'format') === 'blob' && isBlobName(value)) found.push({ blob: value, field, at });
    } else if (Array.isArray(value)) {
      for (const [i, one] of value.entries()) walk(own(meant, 'items'), one, field, `${at}/${i}`);
    } else if (isObject(value)) {
      for (const [name, one] of Object.entries(value)) {
        walk(own(own(meant, 'properties'), name) ?? own(meant, 'additionalProperties'), one, at === '' ? name : field, `${at}/${pointerName(name)}`);
      }
    }
  };
  walk(typeof item === 'string' ? own(defs, item) : undefined, body, '', '');
  return found;
}

/** The fields of an item that can name blobs, themselves or further in. */
export function blobFields(defs: Defs, item: string): readonly string[] {
  const known = knownOf(defs);
  let fields = known.fields.get(item);
  if (fields === undefined) {
    fields = Object.entries(defs[item]!['properties']!).filter(([, schema]) => holds(schema, isBlob) || refsOf(schema).some((name) => known.leading.has(name))).map(([name]) => name);
    known.fields.set(item, fields);
  }
  return fields;
}

// A definition that is itself a reference means nothing: contracts have none, and so no walk goes round.
function resolved(schema: Json | undefined, defs: Json | undefined): Json | undefined {
  const name = refOf(schema);
  return name === null ? schema : own(defs, name);
}

const isBlob = (schema: JsonObject): boolean => schema['format'] === 'blob';

interface Known { /** Definitions that lead to a blob. */ readonly leading: ReadonlySet<string>; readonly fields: Map<string, readonly string[]> }

const KNOWN = new WeakMap<Defs, Known>();

function knownOf(defs: Defs): Known {
  const found = KNOWN.get(defs);
  if (found !== undefined) return found;
  const known = { leading: leadingTo(defs, (def) => holds(def, isBlob)), fields: new Map<string, readonly string[]>() };
  KNOWN.set(defs, known);
  return known;
}
