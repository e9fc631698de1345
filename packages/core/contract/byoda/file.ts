import type { Json, JsonObject } from '../../bytes/json.ts';
import { aList, anObject, closed, identifier, oneOf, step, stop, words } from '../place.ts';
import { depth, readAccess, readRelations } from './access.ts';
import type { Notes } from '../notes.ts';

/** One line of `listen_relations`: which class of others is to be heard, and where it is put. */
export interface Listening { readonly of: string; readonly into: readonly string[]; readonly relations: readonly string[] }

/** The parts of a file whose outer shape is right. */
export interface ByodaFile { readonly document: JsonObject; readonly classes: JsonObject; readonly defs: JsonObject; readonly listening: readonly Listening[] }

const NEEDED = ['name', 'description', 'owner', 'website', 'supportemail', 'service_id', 'version', 'cors_origins', 'signatures', 'jsonschema'];
const LISTENINGS = 64;

/** Reads what stands around the classes: members, the schema's frame, listen_relations. */
export function readFile(document: JsonObject, notes: Notes): ByodaFile {
  closed(document, '', NEEDED, ['listen_relations', 'max_query_depth']);
  if ('max_query_depth' in document && depth(document['max_query_depth'], '/max_query_depth') > 1) notes.add('distance', '/max_query_depth');
  const schema = closed(document['jsonschema'], '/jsonschema', ['type', 'properties'], ['$id', '$schema', 'title', 'description', '$defs']);
  oneOf(schema['type'], '/jsonschema/type', ['object'], 'unknown_type');
  for (const name of ['$id', '$schema', 'title', 'description']) if (name in schema && typeof schema[name] !== 'string') stop('wrong_type', `/jsonschema/${name}`, 'A text is expected here.');
  const classes = anObject(schema['properties'], '/jsonschema/properties');
  const defs = '$defs' in schema ? anObject(schema['$defs'], '/jsonschema/$defs') : {};
  for (const [name, def] of Object.entries(defs)) anObject(def, step('/jsonschema/$defs', name));
  return { document, classes, defs, listening: readListening(document['listen_relations'] ?? [], classes, notes) };
}

function readListening(value: Json, classes: JsonObject, notes: Notes): Listening[] {
  return aList(value, '/listen_relations', LISTENINGS, 0).map((one, i) => {
    const at = step('/listen_relations', i);
    const said = closed(one, at, ['class_name', 'relations', 'destination_class'], ['feed_class']);
    const named = (member: string): string => {
      const name = identifier(said[member], `${at}/${member}`);
      return Object.hasOwn(classes, name) ? name : stop('unknown_class', `${at}/${member}`, 'No class of this file.');
    };
    notes.add('listening', at);
    return { of: named('class_name'), into: ['destination_class', ...('feed_class' in said ? ['feed_class'] : [])].map(named), relations: readRelations(said['relations'], `${at}/relations`) };
  });
}

/** Relations that a link may have though no rule names them: what the first files speak of. */
const USUAL = ['colleague', 'family', 'follow', 'friend'];

/** Every relation that a link of this file may have, in the order of letters; none without network_links. */
export function relationsOf({ classes, listening }: ByodaFile, named: readonly string[]): readonly string[] {
  if (!Object.hasOwn(classes, 'network_links')) return [];
  return [...new Set([...USUAL, ...named, ...listening.flatMap(({ relations }) => relations)])].sort();
}

/** What a class says of itself beside its fields. */
export interface ClassFrame { readonly name: string; readonly at: string; readonly value: JsonObject; readonly single: boolean; readonly grants: ReturnType<typeof readAccess> }

const BOTH = ['description', 'title', '$id', '$schema', '#accesscontrol', '#properties'];

/** Reads the frame of one class: its kind and its access control. */
export function readFrame(name: string, value: Json, notes: Notes): ClassFrame {
  const at = step('/jsonschema/properties', name);
  identifier(name, at);
  const type = oneOf(anObject(value, at)['type'], `${at}/type`, ['object', 'array'], 'unknown_type');
  const frame = type === 'object' ? closed(value, at, ['type', 'properties'], ['required', ...BOTH]) : closed(value, at, ['type', 'items'], BOTH);
  return { name, at, value: frame, single: type === 'object', grants: readAccess(frame['#accesscontrol'], `${at}/#accesscontrol`, notes) };
}

const UNITS: { readonly [unit: string]: number } = { s: 1 / 86_400, m: 1 / 1_440, h: 1 / 24, d: 1, w: 7 };

/** How long a class keeps its records (`cache_only`), as our duration; null when it keeps them for good. */
export function retentionOf({ value, at }: ClassFrame, notes: Notes): string | null {
  const said = aList(value['#properties'] ?? [], `${at}/#properties`, 1, 0)[0];
  if (said === undefined) return null;
  const here = `${at}/#properties/0`;
  const [word, time = '1w', ...more] = Array.isArray(said) ? said : words(said, here, 80).split(':');
  if (word !== 'cache_only' || more.length > 0) return stop('unknown_property', here, 'cache_only, or cache_only with a time such as 3d.');
  const found = typeof time === 'string' ? /^([1-9]\d{0,5})([smhdw])$/.exec(time) : null;
  const days = found === null ? NaN : Math.ceil(Number(found[1]) * UNITS[found[2]!]!);
  if (!(days <= 9_999)) return stop('bad_retention', here, 'A number and s, m, h, d or w; at most 9999 days.');
  if (!'dw'.includes(found![2]!)) notes.add('whole_days', here);
  return `P${days}D`;
}
