import { isObject, type JsonObject } from '../../bytes/json.ts';
import { no, yes, type Result } from '../../result.ts';
import type { Suite } from '../../suite.ts';
import { readDocument } from '../document.ts';
import { parseContract } from '../parse.ts';
import { stop, unlessStopped } from '../place.ts';
import type { Collection, Contract } from '../types.ts';
import { cardOf, serviceNumber } from './card.ts';
import { Definitions, linkShape } from './definitions.ts';
import { readItems, type Shape } from './fields.ts';
import { readFile, readFrame, relationsOf, retentionOf, type ByodaFile, type ClassFrame } from './file.ts';
import { Notes, type Unhonoured } from '../notes.ts';
import { Places } from './places.ts';
import { audiencesOf, rulesOf, type MadeRule } from './rules.ts';
import { checkSignatures } from './signature.ts';

/** A contract file of BYODA as a contract of ours, and what of it is not honoured. */
export interface ByodaContract {
  /** Unsigned: their signatures are over their bytes. */
  readonly contract: Contract;
  readonly unhonoured: readonly Unhonoured[];
  /** BYODA's number of the service. */
  readonly number: number;
}

/** Does this look like a contract file of BYODA, rather than one of ours? */
export const isByoda = (document: unknown): boolean => isObject(document) && 'jsonschema' in document && !('commonhold' in document);

/**
 * Reads a contract file of BYODA (spec/byoda.md), as text or value, and makes a contract of it. A no has a stable code and the
 * place in the file as a JSON pointer. `key` is the Ed25519 key of whoever runs the service here; without it, nobody does.
 */
export const compileByoda = (suite: Suite, input: unknown, key?: Uint8Array): Result<ByodaContract> =>
  unlessStopped(() => compile(suite, readDocument(input), key));

function compile(suite: Suite, document: JsonObject, key: Uint8Array | undefined): Result<ByodaContract> {
  const notes = new Notes();
  const places = placesOfCard();
  const file = readFile(document, notes);
  const number = serviceNumber(document['service_id']);
  checkSignatures(document['signatures']);
  const definitions = new Definitions({ defs: file.defs, notes }, places);
  const collections = collectionsOf(file, definitions, notes, places);
  definitions.noteUnused();
  const parsed = parseContract({
    commonhold: 'contract/1', service: cardOf(suite, document, key, notes), version: document['version'], purpose: document['description'], collections,
    data: { $schema: 'https://json-schema.org/draft/2020-12/schema', $defs: definitions.made },
  });
  return parsed.ok ? yes({ contract: parsed.value, unhonoured: notes.list, number }) : no(parsed.code, parsed.message, places.of(`${parsed.at}`));
}

function placesOfCard(): Places {
  const places = new Places();
  for (const [ours, theirs] of [
    ['/version', '/version'], ['/purpose', '/description'], ['/service', '/name'], ['/collections', '/jsonschema/properties'], ['/data/$defs', '/jsonschema/$defs'],
  ] as const) places.one(ours, theirs);
  return places;
}

const FIELD_GRANTS = 4_096;

/** A class as far as it is read before its rules are made. */
interface Read { readonly frame: ClassFrame; readonly retention: string | null; readonly item: string; readonly shape: Shape }

function collectionsOf(file: ByodaFile, definitions: Definitions, notes: Notes, places: Places): { [name: string]: Collection } {
  const frames = Object.entries(file.classes).map(([name, value]) => readFrame(name, value, notes));
  const relations = relationsOf(file, frames.flatMap(({ grants }) => grants.flatMap((grant) => grant.relations ?? [])));
  const classes = frames.map((frame): Read => ({ frame, retention: retentionOf(frame, notes), ...itemOf(frame, definitions, { file, notes, relations }) }));
  let left = FIELD_GRANTS;
  return Object.fromEntries(classes.map((one) => {
    const { frame: { name, at, single, grants }, shape } = one;
    for (const some of shape.grants.values()) left -= some.length;
    if (left < 0) stop('too_many', at, `At most ${FIELD_GRANTS} permissions of fields, each counted for every class of its records.`);
    const rules = rulesOf(grants, shape.grants, { single, relations, notes, at });
    const ours = `/collections/${name}`;
    places.one(ours, at);
    for (const [i, rule] of rules.entries()) places.one(`${ours}/allow/${i}`, rule.at);
    return [name, collectionOf(one, rules, file, classes)];
  }));
}

const isLinks = ({ name, single }: ClassFrame): boolean => name === 'network_links' && !single;

function itemOf(frame: ClassFrame, definitions: Definitions, { file, notes, relations }: { file: ByodaFile; notes: Notes; relations: readonly string[] }): { item: string; shape: Shape } {
  const { name, at, value } = frame;
  if (frame.single) return kept(definitions, name, definitions.inline(value, at), at);
  const items = readItems(value['items'], `${at}/items`, { defs: file.defs, notes });
  if ('scalar' in items) {
    notes.add('wrapped_value', at);
    return kept(definitions, name, { properties: { value: items.scalar }, required: ['value'], index: [], counts: [], grants: new Map(), refs: [] }, at);
  }
  const shape = definitions.named(items.ref);
  if (!isLinks(frame)) return { item: items.ref, shape };
  notes.add('member_is_persona', at);
  notes.add('relation_names', at);
  return kept(definitions, name, linkShape(shape, at, relations), at);
}

const kept = (definitions: Definitions, name: string, shape: Shape, at: string): { item: string; shape: Shape } => ({ item: definitions.own(name, shape, at), shape });

function collectionOf({ frame, retention, item, shape: { index, counts } }: Read, rules: readonly MadeRule[], file: ByodaFile, classes: readonly Read[]): Collection {
  const audiences = audiencesOf(rules);
  const alone = rules.every(({ rule }) => rule.who === 'owner');
  const of = retention !== null && alone && !frame.single && !isLinks(frame) ? sourceOf(frame.name, item, file, classes) : undefined;
  return {
    kind: of !== undefined ? 'cache' : frame.single ? 'single' : isLinks(frame) ? 'links' : 'list', item, ...(of === undefined ? {} : { of }),
    audiences, defaultAudience: audiences.at(-1)!, ...(retention === null ? {} : { retention }),
    ...(index.length === 0 ? {} : { index }), ...(counts.length === 0 ? {} : { counts }), allow: rules.map(({ rule }) => rule),
  };
}

/** The class whose records a cache keeps: the one it listens to, or else the first with the same records. */
function sourceOf(name: string, item: string, { listening }: ByodaFile, classes: readonly Read[]): string | undefined {
  const may = classes.filter((one) => one.item === item && one.retention === null).map(({ frame }) => frame.name);
  return listening.find(({ of, into }) => into.includes(name) && may.includes(of))?.of ?? may[0];
}
