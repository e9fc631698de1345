import { canonical, isObject, type Json, type JsonObject } from '../bytes/json.ts';
import { utf8 } from '../bytes/frame.ts';
import { Refusal } from '../refusal.ts';
import { no, yes, type Result } from '../result.ts';
import { checkCollection } from './collection.ts';
import { CONTRACT_LIMITS as MAX } from './names.ts';
import { anObject, closed, count, identifier, oneOf, step, stop, texts, words } from './place.ts';
import { checkRelations } from './relations.ts';
import { compileDefinitions } from './schema/compile.ts';
import { checkService, checkSignatureShape } from './service.ts';
import type { Contract } from './types.ts';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/**
 * Reads a contract (spec/contract.md) from JSON text or from a JSON value: a yes vouches that everything it declares can be
 * enforced; a no carries a stable code and the place as a JSON pointer. The contract given back is a frozen copy.
 */
export function parseContract(input: unknown): Result<Contract> {
  try {
    const document = read(input);
    checkDocument(document);
    return yes(freeze(document) as unknown as Contract);
  } catch (error) {
    if (error instanceof Refusal) return no(error.code, error.message, error.field);
    throw error;
  }
}

/** The input as a JSON value of our own: within the limits, and free of getters, cycles and shared parts. */
function read(input: unknown): JsonObject {
  if (typeof input === 'string') {
    if (input.length > MAX.bytes || utf8(input).length > MAX.bytes) stop('too_big', '', `At most ${MAX.bytes} bytes.`);
    return anObject(copied(parseText(input)), '');
  }
  const copy = anObject(copied(input as Json), '');
  if (utf8(canonical(copy)).length > MAX.bytes) stop('too_big', '', `At most ${MAX.bytes} bytes.`);
  return copy;
}

function parseText(text: string): Json {
  try { return JSON.parse(text) as Json; } catch { return stop('not_json', '', 'This is not JSON.'); }
}

/** A plain copy. Refuses what is too deep, too much, or not JSON, without ever going deeper than the limit. */
function copied(value: Json): Json {
  let left: number = MAX.bytes;
  const path: (string | number)[] = [];
  const here = (): string => path.reduce<string>(step, '');
  const inside = (name: string | number, part: Json): Json => {
    path.push(name);
    const made = copy(part);
    path.pop();
    return made;
  };
  const unicode = (text: string): string => (text.isWellFormed() ? text : stop('not_unicode', here(), 'This text is not well-formed Unicode.'));
  const copy = (part: Json): Json => {
    if (path.length >= MAX.depth) stop('too_deep', here(), `At most ${MAX.depth} levels.`);
    if (--left < 0) stop('too_big', '', `At most ${MAX.bytes} bytes.`);
    if (typeof part === 'string') return unicode(part);
    if (Array.isArray(part)) return part.map((inner, i) => inside(i, inner));
    if (isObject(part)) return Object.fromEntries(Object.entries(part).map(([name, inner]) => [unicode(name), inside(name, inner)]));
    return part === null || typeof part === 'boolean' || Number.isFinite(part) ? part : stop('not_json', here(), 'JSON has no such value.');
  };
  return copy(value);
}

function checkDocument(document: JsonObject): void {
  oneOf(document['commonhold'], '/commonhold', ['contract/1'], 'unknown_format');
  if ('feeds' in document) stop('reserved', '/feeds', 'Feeds are reserved for a later version.');
  closed(document, '', ['commonhold', 'service', 'version', 'purpose', 'collections', 'data'], ['bundles', 'signature']);
  const service = checkService(document['service'], '/service');
  count(document['version'], '/version', MAX.version);
  words(document['purpose'], '/purpose', MAX.sentence);
  const defs = checkData(document['data']);
  const collections = checkCollections(document['collections'], defs, service.key !== null);
  checkRelations(collections, defs);
  if ('bundles' in document) checkBundles(document['bundles'], collections);
  if ('signature' in document) checkSignatureShape(document['signature'], '/signature', service.key);
}

function checkData(value: Json | undefined): JsonObject {
  const data = closed(value, '/data', ['$schema', '$defs']);
  oneOf(data['$schema'], '/data/$schema', [DIALECT], 'unknown_dialect');
  const defs = anObject(data['$defs'], '/data/$defs');
  const names = Object.keys(defs);
  if (names.length > MAX.definitions) stop('too_many', '/data/$defs', `At most ${MAX.definitions}.`);
  for (const name of names) identifier(name, step('/data/$defs', name));
  const compiled = compileDefinitions(defs as { [name: string]: JsonObject });
  return compiled.ok ? defs : stop(compiled.code, `/data${compiled.at ?? ''}`, compiled.message);
}

function checkCollections(value: Json | undefined, defs: JsonObject, hasService: boolean): JsonObject {
  const collections = anObject(value, '/collections');
  const names = Object.keys(collections);
  if (names.length === 0) stop('too_few', '/collections', 'At least 1.');
  if (names.length > MAX.collections) stop('too_many', '/collections', `At most ${MAX.collections}.`);
  for (const name of names) {
    const at = step('/collections', name);
    identifier(name, at);
    checkCollection(anObject(collections[name], at), at, { collections, defs, hasService });
  }
  return collections;
}

function checkBundles(value: Json | undefined, collections: JsonObject): void {
  const bundles = anObject(value, '/bundles');
  for (const name of Object.keys(bundles)) {
    const at = step('/bundles', name);
    identifier(name, at);
    for (const [i, collection] of texts(bundles[name], at, MAX.collections).entries()) {
      if (!Object.hasOwn(collections, collection)) stop('unknown_collection', step(at, i), 'No collection of this contract.');
    }
  }
}

function freeze(value: Json): Json {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) freeze(inner);
    Object.freeze(value);
  }
  return value;
}
