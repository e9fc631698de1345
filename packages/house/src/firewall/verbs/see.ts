import { Refusal, type Alternative, type JsonObject, type Verb } from '@commonhold/core';
import type { Row } from '../../store/pod/types.ts';
import type { Access } from '../access.ts';
import { personaOf } from '../caller.ts';
import { itemOf, type Item } from '../reader.ts';
import { isMeta, type Seen } from './where.ts';

/** A record as its caller may see it: `item` to be handed out, `body` to be asked about. */
export interface Sight extends Seen { item: Item; row: Row }

/** Denied and absent: one answer, in the words of the door's own. */
export const nothingHere = (): Refusal => new Refusal('not_found', 'not_found', 'There is nothing here, or not for you.');

/** What a caller may do with some records, and which fields of them there are for this caller. */
export interface Sighted {
  access: Access;
  collection: string;
  alternatives: readonly Alternative[];
  /** The record as this caller sees it, or null. */
  see(row: Row): Sight | null;
  /** Refuses `unknown_field`, the same for what is not in the contract and for what is not for this caller. */
  demand(field: string, at: string): void;
}

/** Opens a collection for one of these verbs, or all of those that are allowed. Refuses `not_found`; the owner's log has why. */
export function sighted(access: Access, collection: string, ...verbs: readonly Verb[]): Sighted {
  const alternatives = verbs.flatMap((verb) => {
    const decision = access.decide(collection, verb);
    return 'allow' in decision ? decision.allow : [];
  });
  if (alternatives.length === 0) {
    access.may(collection, verbs.at(-1)!);
    throw nothingHere();
  }
  const all = access.contract.compiled.collections.get(collection)?.fields ?? [];
  const fields = new Set(alternatives.some((one) => one.fields === null) ? all : alternatives.flatMap((one) => one.fields ?? []));
  return {
    access, collection, alternatives,
    see: (row) => see(access, alternatives, row),
    demand: (field, at) => {
      if (isMeta(field) || fields.has(field)) return;
      if (all.includes(field)) access.refused(collection, verbs[0]!, 'no_field');
      throw new Refusal('invalid', 'unknown_field', 'There is no such field, or it is not for you.', { field: at });
    },
  };
}

/** True where a caller could read some record of a collection whole, if it is there. */
export function mayBeWhole(access: Access, collection: string): boolean {
  const decision = access.decide(collection, 'read');
  return 'allow' in decision && decision.allow.some(({ fields }) => fields === null);
}

/**
 * Refuses `not_found` unless the caller may do one of these. Whoever is not the owner writes by signed offers, which come
 * by another way: all that is written here is signed as the owner's.
 */
export function demandWriter(access: Access, collection: string, ...verbs: readonly Verb[]): void {
  const allowed = verbs.some((verb) => 'allow' in access.decide(collection, verb));
  if (allowed && personaOf(access.caller) === access.home.state.persona) return;
  if (allowed) access.refused(collection, verbs[0]!, 'no_offer');
  else access.may(collection, verbs[0]!);
  throw nothingHere();
}

function see(access: Access, alternatives: readonly Alternative[], row: Row): Sight | null {
  const readable = access.readable(alternatives, row);
  if (readable === 'none' || row.op !== 'put') return null;
  const item = itemOf(access.home.state.persona, row, readable, access.house);
  return { key: item.key, author: item.author, at: item.at, audience: item.audience, body: JSON.parse(item.body) as JsonObject, item, row };
}
