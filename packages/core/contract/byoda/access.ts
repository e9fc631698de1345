import { isObject, type Json } from '../../bytes/json.ts';
import { CONTRACT_LIMITS as MAX } from '../names.ts';
import { aList, anObject, closed, identifier, oneOf, step, stop, texts } from '../place.ts';
import type { Notes } from '../notes.ts';

/** Whom BYODA's access control speaks of. */
export const ENTITIES = ['member', 'network', 'any_member', 'service', 'anonymous'] as const;
export type Entity = (typeof ENTITIES)[number];

/** The words that do something in BYODA, and those that only declare. */
const EFFECTIVE = ['read', 'append', 'update', 'delete', 'subscribe'] as const;
const DECLARED = ['search', 'persist', 'create', 'mutate'] as const;
export type Effective = (typeof EFFECTIVE)[number];

/** One permission that does something: for whom, and (of a network) for which relations; null = all of them. */
export interface Grant { readonly entity: Entity; readonly permission: Effective; readonly relations: readonly string[] | null; readonly at: string }

/** Relations that are nobody else's to know of. */
const SECRET = ['block', 'mute'];
const PERMISSIONS = 32;

/** Reads one `#accesscontrol`; what it declares beyond our model is noted, what is not in the grammar is refused. */
export function readAccess(value: Json | undefined, at: string, notes: Notes): Grant[] {
  if (value === undefined) return [];
  const grants: Grant[] = [];
  const said = anObject(value, at);
  for (const name of Object.keys(said)) {
    const here = step(at, name);
    const entity = oneOf(name, here, ENTITIES, 'unknown_entity');
    const list = aList(closed(said[name], here, ['permissions'])['permissions'], `${here}/permissions`, PERMISSIONS);
    for (const [i, one] of list.entries()) grants.push(...readPermission(one, step(`${here}/permissions`, i), entity, notes));
  }
  return grants;
}

function readPermission(value: Json, at: string, entity: Entity, notes: Notes): Grant[] {
  const whole = isObject(value);
  const name = oneOf(whole ? value['permission'] : value, whole ? `${at}/permission` : at, [...EFFECTIVE, ...DECLARED], 'unknown_permission');
  const relations = whole ? readConditions(value, at, entity, notes) : null;
  const permission = EFFECTIVE.find((one) => one === name);
  if (permission === undefined) { notes.add('declared_only', at); return []; }
  return [{ entity, permission, relations, at }];
}

function readConditions(value: Json, at: string, entity: Entity, notes: Notes): readonly string[] | null {
  const said = closed(value, at, ['permission'], ['distance', 'relation', 'source_signature_required', 'anonimized_responses', 'match', 'casesensitive']);
  for (const name of ['source_signature_required', 'anonimized_responses', 'casesensitive']) {
    if (name in said && typeof said[name] !== 'boolean') stop('wrong_type', step(at, name), 'True or false.');
  }
  if ('match' in said) oneOf(said['match'], `${at}/match`, ['exact'], 'unknown_match');
  if ('distance' in said && depth(said['distance'], `${at}/distance`) > 1) notes.add('distance', `${at}/distance`);
  if (said['anonimized_responses'] === true) notes.add('anonymous_answers', `${at}/anonimized_responses`);
  if (!('relation' in said)) return null;
  if (entity !== 'network') return stop('misplaced_keyword', `${at}/relation`, 'Only those of the network have a relation.');
  return readRelations(said['relation'], `${at}/relation`);
}

/** Names of relations; such as a link can have and a rule may name. */
export function readRelations(value: Json | undefined, at: string): readonly string[] {
  return texts(value, at, MAX.names).map((name, i) => {
    if (SECRET.includes(name)) stop('secret_relation', step(at, i), 'Blocking and muting are nobody else’s to know.');
    return identifier(name, step(at, i));
  });
}

const DEEPEST = 100;

/** A distance or a depth: how many links lie between two people. */
export const depth = (value: Json | undefined, at: string): number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= DEEPEST ? (value as number)
    : stop('bad_number', at, `A whole number from 0 to ${DEEPEST}.`);
