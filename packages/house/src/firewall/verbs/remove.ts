import { canonical, type Json } from '@commonhold/core';
import type { Caller } from '../caller.ts';
import { choose } from './choose.ts';
import type { DataDeps } from './deps.ts';
import { isStranger } from './offering.ts';
import { removeOffer } from './remove-offer.ts';
import { removeService } from './remove-service.ts';
import { demandWriter } from './see.ts';
import { checker, objectOf } from './shape.ts';
import type { Target } from './target.ts';

const check = checker({});

/**
 * Removes the records that match, at most 500, all or none; of another's pod one's own, by offers. Answers how many. Refuses `not_found`, `where_needed`,
 * `bad_where`, `unknown_field`, `too_many_matches`, `key_reused`.
 */
export const makeRemove = (deps: DataDeps) => async (caller: Caller, target: Target, input: unknown, once?: string): Promise<{ count: number }> => {
  if (caller.kind === 'service') return removeService(deps, caller, target, input, once);
  const { where, ...rest } = objectOf(input);
  check(rest);
  if (isStranger(caller, target)) return removeOffer(deps, caller, target, where, once);
  demandWriter(deps.open(caller, target, true), target.collection, 'remove');
  const chosen = await choose(deps, caller, target, where);
  return deps.write(caller, target, (access, tx) => {
    const remove = (): { count: number } => ({ count: chosen(access).filter(({ key }) => tx.remove(target.collection, key)).length });
    return once === undefined ? remove() : tx.once(once, deps.digest(canonical([target.service, target.collection, 'remove', (where ?? null) as Json])), remove);
  });
};
