import type { Json, JsonObject } from '../bytes/json.ts';
import { yes, type Result } from '../result.ts';
import { checkCollection } from './collection.ts';
import { readDocument } from './document.ts';
import { CONTRACT_LIMITS as MAX } from './names.ts';
import { anObject, closed, count, identifier, oneOf, step, stop, texts, unlessStopped, words } from './place.ts';
import { checkRelations } from './relations.ts';
import { compileDefinitions } from './schema/compile.ts';
import { checkService, checkSignatureShape } from './service.ts';
import type { Contract } from './types.ts';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/**
 * Reads a contract (spec/contract.md) from JSON text or from a JSON value: a yes vouches that everything it declares can be
 * enforced; a no carries a stable code and the place as a JSON pointer. The contract given back is a frozen copy.
 */
export const parseContract = (input: unknown): Result<Contract> => unlessStopped(() => {
  const document = readDocument(input);
  checkDocument(document);
  return yes(freeze(document) as unknown as Contract);
});

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
