import { isObject, type Json, type JsonObject } from '../bytes/json.ts';
import { isBlobName } from './schema/formats.ts';
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
export function blobFields(defs: { readonly [name: string]: JsonObject }, item: string): string[] {
  return Object.entries(defs[item]!['properties']!).filter(([, schema]) => reaches(schema, defs as JsonObject, new Set())).map(([name]) => name);
}

const own = (value: Json | undefined, name: string): Json | undefined => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);

const REF = '#/$defs/';
const refOf = (schema: Json | undefined): string | null => {
  const ref = own(schema, '$ref');
  return typeof ref === 'string' && ref.startsWith(REF) ? ref.slice(REF.length) : null;
};

// A definition that is itself a reference means nothing: contracts have none, and so no walk goes round.
function resolved(schema: Json | undefined, defs: Json | undefined): Json | undefined {
  const name = refOf(schema);
  return name === null ? schema : own(defs, name);
}

function reaches(schema: Json | undefined, defs: JsonObject, seen: Set<string>): boolean {
  const name = refOf(schema);
  if (name !== null) return !seen.has(name) && reaches(defs[name], defs, seen.add(name));
  if (!isObject(schema)) return false;
  const inner = [...Object.values(schema['properties'] ?? {}), schema['items'], schema['additionalProperties']];
  return schema['format'] === 'blob' || inner.some((one) => reaches(one, defs, seen));
}
