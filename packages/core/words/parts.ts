import { blobFields } from '../contract/blobs.ts';
import type { Change } from '../contract/changes.ts';
import { DEFAULT_LIMITS } from '../contract/compile.ts';
import type { Collection, Contract, Rule, Who } from '../contract/types.ts';
import type { ChangeParts, CollectionParts, Party, RuleParts } from './glossary.ts';

/** What sentences about a collection are made of. */
export function partsOf(contract: Contract, name: string, collection: Collection): CollectionParts {
  const audiences = collection.audiences ?? ['only-me'];
  const trusted = contract.service.key === null;
  return {
    name, kind: collection.kind, trusted, place: trusted ? `${contract.service.name}.${name}` : null,
    label: collection.label ?? null, cluster: collection.cluster ?? null, audiences,
    fields: Object.keys(contract.data.$defs[collection.item]!['properties']!), files: blobFields(contract.data.$defs, collection.item),
    defaultAudience: collection.defaultAudience ?? audiences[0]!, counts: collection.counts ?? [],
    count: collection.limits?.count ?? DEFAULT_LIMITS.count, itemBytes: collection.limits?.itemBytes ?? DEFAULT_LIMITS.itemBytes,
    retention: spanOf(collection),
  };
}

function spanOf({ retention = '' }: Collection): CollectionParts['retention'] {
  const found = /^P(\d+)(.)$/.exec(retention);
  return found === null ? null : { count: Number(found[1]), unit: found[2]! };
}

/** What the sentence of a rule is made of. */
export function ruleParts(rule: Rule, service: string, collection: CollectionParts): RuleParts {
  const linked = typeof rule.who === 'object' && 'linked' in rule.who ? rule.who.linked : [];
  return {
    party: partyOf(rule.who), relations: linked, may: rule.may, fields: rule.fields ?? null, own: rule.rows === 'own',
    because: rule.because ?? null, service, collection,
  };
}

function partyOf(who: Who): Party {
  if (typeof who === 'string') return who;
  if ('house' in who) return 'house';
  return who.mutual === true ? 'mutual' : 'linked';
}

/** One side of a change: what this contract says there; null where it has no such collection, field or bundle. */
export function changeParts(change: Change, contract: Contract, service: string, other: Contract): ChangeParts | null {
  const kind = change.kind as ChangeParts['kind'];
  const parts = { kind, name: change.name, service };
  if (change.collection === null) return { ...parts, said: saidOf(kind, change.name, contract), collection: null };
  if (!Object.hasOwn(contract.collections, change.collection)) return null;
  const collection = partsOf(contract, change.collection, contract.collections[change.collection]!);
  if (kind !== 'field') return { ...parts, said: null, collection };
  if (!collection.fields.includes(change.name!)) return null;
  const there = partsOf(other, change.collection, other.collections[change.collection]!).fields.includes(change.name!);
  return { ...parts, said: there ? 'other' : null, collection };
}

function saidOf(kind: ChangeParts['kind'], name: string | null, { service, purpose, bundles }: Contract): ChangeParts['said'] {
  if (kind === 'purpose') return purpose;
  if (kind === 'bundle') return bundles && Object.hasOwn(bundles, name!) ? bundles[name!]! : [];
  return service[kind as 'title' | 'publisher' | 'key' | 'website' | 'support' | 'endpoint' | 'origins'] ?? null;
}
