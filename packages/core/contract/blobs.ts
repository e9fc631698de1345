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

type Defs = { readonly [name: string]: JsonObject };

/** The fields of an item that can name blobs, themselves or further in. */
export function blobFields(defs: Defs, item: string): readonly string[] {
  const known = knownOf(defs);
  let fields = known.fields.get(item);
  if (fields === undefined) {
    fields = Object.entries(defs[item]!['properties']!).filter(([, schema]) => leadsToBlob(looksOf(schema), known.leading)).map(([name]) => name);
    known.fields.set(item, fields);
  }
  return fields;
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

/** What stands in a schema itself: whether a blob does, and which definitions it refers to. */
interface Looks { readonly blob: boolean; readonly refs: readonly string[] }

function looksOf(schema: Json | undefined): Looks {
  const refs: string[] = [];
  const walk = (part: Json | undefined): boolean => {
    const name = refOf(part);
    if (name !== null) { refs.push(name); return false; }
    if (!isObject(part)) return false;
    const inner = [...Object.values(part['properties'] ?? {}), part['items'], part['additionalProperties']].map(walk);
    return part['format'] === 'blob' || inner.includes(true);
  };
  return { blob: walk(schema), refs };
}

const leadsToBlob = ({ blob, refs }: Looks, leading: ReadonlySet<string>): boolean => blob || refs.some((name) => leading.has(name));

interface Known { /** Definitions that lead to a blob. */ readonly leading: ReadonlySet<string>; readonly fields: Map<string, readonly string[]> }

// Once for each contract, from the blobs back to whatever refers to them: a contract may be made so that asking each field anew takes minutes.
const KNOWN = new WeakMap<Defs, Known>();

function knownOf(defs: Defs): Known {
  const found = KNOWN.get(defs);
  if (found !== undefined) return found;
  const looks = new Map(Object.entries(defs).map(([name, def]) => [name, looksOf(def)]));
  const usedBy = new Map([...looks.keys()].map((name): [string, string[]] => [name, []]));
  for (const [name, { refs }] of looks) for (const ref of refs) usedBy.get(ref)!.push(name);
  const leading = new Set([...looks].filter(([, { blob }]) => blob).map(([name]) => name));
  // A set is walked to its end, what is added on the way included.
  for (const name of leading) for (const user of usedBy.get(name)!) leading.add(user);
  const known = { leading, fields: new Map<string, readonly string[]>() };
  KNOWN.set(defs, known);
  return known;
}
