import { canonical } from '@commonhold/core';
import type { Access } from '../access.ts';
import type { DataDeps } from './deps.ts';
import { asAnswered } from './offering.ts';
import { sighted } from './see.ts';
import { badServiceKey, isOwnKey, mayTouch, meaningOf, openForService, rowAt, serviceItems, type ServiceCaller } from './service-items.ts';
import type { Target } from './target.ts';

/**
 * Removes records, its own and those of others, as far as the contract lets the service, by offers that its key signed; all or none. A service
 * that may read there is told how many were removed, among what it may read; one that may not can name keys of its own alone, and is told
 * how many it named. Refuses what `serviceItems` refuses, `bad_key`, and `not_found`.
 */
export async function removeService(deps: DataDeps, caller: ServiceCaller, target: Target, input: unknown, once: string | undefined): Promise<{ count: number }> {
  const { collection, service } = target;
  const items = serviceItems(deps, caller, target, input, 'remove');
  const reads = readsIn(openForService(deps, caller, target, 'remove'), collection);
  items.forEach(({ key }, i) => { if (!reads && key !== 'self' && !isOwnKey(key, service)) throw badServiceKey(i); });
  return deps.write(caller, target, (owner, tx) => {
    const see = reads ? sighted(owner, collection, 'read').see : null;
    const remove = (): { count: number } => {
      const there = items.filter(({ key }) => {
        const row = rowAt(owner, collection, key);
        return row !== undefined && (see === null || see(row) !== null) && mayTouch(owner, 'remove', row);
      });
      for (const { proved } of there) tx.accept(proved);
      return { count: see === null ? items.length : there.length };
    };
    return once === undefined ? remove() : tx.once(once, deps.digest(canonical(meaningOf(target, 'remove', items))), remove);
  }).catch(asAnswered);
}

const readsIn = (access: Access, collection: string): boolean => 'allow' in access.decide(collection, 'read');
