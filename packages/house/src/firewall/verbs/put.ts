import { canonical, toBase64Url, type Json } from '@commonhold/core';
import type { Row } from '../../store/pod/types.ts';
import type { Access } from '../access.ts';
import { namedAudience } from '../audience.ts';
import type { Caller } from '../caller.ts';
import type { Transactor } from '../transactor.ts';
import type { DataDeps } from './deps.ts';
import { isStranger } from './offering.ts';
import { checkVersion, itemsIn, placed, wellFormed, type Put, type Wanted } from './placing.ts';
import { putOffer } from './put-offer.ts';
import { putService } from './put-service.ts';
import { demandWriter } from './see.ts';
import { checker, objectOf } from './shape.ts';
import type { Target } from './target.ts';

const checkItem = checker({
  key: { type: 'string', minLength: 1, maxLength: 128 }, audience: { type: 'string', maxLength: 64 }, ifVersion: { type: ['string', 'null'], maxLength: 64 },
});

/**
 * Adds records, or changes those whose key is there, all or none. What is there already is not written again.
 * Into another's pod by offers: `putOffer`, `putService`. Under the same idempotency key the same request gets the first answer. Refuses `not_found`, `bad_body`, `bad_key`,
 * `bad_audience`, `limit_reached`, `item_too_big`, `version_conflict`, `key_reused`.
 */
export const makePut = (deps: DataDeps) => async (caller: Caller, target: Target, input: unknown, once?: string): Promise<Put> => {
  const { open, write, digest } = deps;
  if (caller.kind === 'service') return putService(deps, caller, target, input, once);
  const items = itemsOf(input);
  if (isStranger(caller, target)) return putOffer(deps, caller, target, items, once);
  demandWriter(open(caller, target, true), target.collection, 'add', 'change');
  return write(caller, target, (access, tx) => {
    const put = (): Put => ({ items: items.map((item, i) => putOne(access, tx, target.collection, { item, at: `/items/${i}` })) });
    return once === undefined ? put() : tx.once(once, digest(canonical([target.service, target.collection, 'put', items as unknown as Json])), put);
  });
};

function itemsOf(input: unknown): Wanted[] {
  return itemsIn(input).map((item, i) => {
    const { body, ...named } = objectOf(item, `/items/${i}`);
    checkItem(named, `/items/${i}`);
    return { ...named, body: wellFormed(objectOf(body, `/items/${i}/body`), `/items/${i}/body`) };
  });
}

function putOne(access: Access, tx: Transactor, collection: string, { item, at }: { item: Wanted; at: string }): { key: string; version: string } {
  const { ifVersion, ...wanted } = item;
  const single = access.contract.compiled.collections.get(collection)?.kind === 'single';
  const key = wanted.key ?? (single ? 'self' : undefined);
  const row = key === undefined ? undefined : access.kept(collection).row.get(access.home.state.ref, access.contract.service, collection, key);
  const there = row?.op === 'put' ? row : undefined;
  if (ifVersion !== undefined) checkVersion(ifVersion, there ? toBase64Url(there.id) : null, at);
  if (there && isSame(access, there, wanted)) return { key: there.key, version: toBase64Url(there.id) };
  return placed(() => put(tx, collection, wanted), at);
}

function put(tx: Transactor, collection: string, wanted: Omit<Wanted, 'ifVersion'>): { key: string; version: string } {
  const { key, version } = tx.put(collection, wanted);
  return { key, version: toBase64Url(version!) };
}

function isSame(access: Access, row: Row, { body, audience }: Wanted): boolean {
  return row.author === null && row.body === canonical(body) && (audience === undefined || audience === namedAudience(row.audience, access.house));
}
