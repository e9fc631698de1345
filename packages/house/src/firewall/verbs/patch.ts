import { canonical, keyOwner, patched, Refusal, type Json } from '@commonhold/core';
import type { Caller } from '../caller.ts';
import { choose } from './choose.ts';
import type { DataDeps } from './deps.ts';
import { isStranger } from './offering.ts';
import { patchOffer } from './patch-offer.ts';
import { patchService } from './patch-service.ts';
import { demandWriter, sighted } from './see.ts';
import { checker, objectOf } from './shape.ts';
import type { Target } from './target.ts';

const check = checker({});

/**
 * Sets fields of the records that match, all or none, in another's pod of one's own, by offers; null takes a field away. Answers how many were changed: those that
 * have these values already are not. Refuses what `remove` refuses, and `bad_body`, `nothing_to_set`.
 */
export const makePatch = (deps: DataDeps) => async (caller: Caller, target: Target, input: unknown, once?: string): Promise<{ count: number }> => {
  if (caller.kind === 'service') return patchService(deps, caller, target, input, once);
  const { where, set: wanted, ...rest } = objectOf(input);
  check(rest);
  const set = objectOf(wanted, '/set');
  if (Object.keys(set).length === 0) throw new Refusal('invalid', 'nothing_to_set', 'Say what is to be set.', { field: '/set' });
  try { canonical(set); } catch { throw new Refusal('invalid', 'not_unicode', 'The values hold half a character.', { field: '/set' }); }
  if (isStranger(caller, target)) return patchOffer(deps, caller, target, { where, set }, once);
  demandWriter(deps.open(caller, target, true), target.collection, 'change');
  const chosen = await choose(deps, caller, target, where);
  return deps.write(caller, target, (access, tx) => {
    const eyes = sighted(access, target.collection, 'read');
    const patch = (): { count: number } => {
      for (const field of Object.keys(set)) eyes.demand(field, `/set/${field.slice(0, 80).toWellFormed()}`);
      // What lies under a key of another's carries their word for it: the owner may remove it, and not put words into it.
      const found = chosen(access).filter(({ key }) => keyOwner(key) === null).map((sight) => ({ sight, body: patched(sight.body, set) }))
        .filter(({ sight, body }) => canonical(body) !== canonical(sight.body));
      for (const { sight, body } of found) tx.put(target.collection, { key: sight.key, body, audience: sight.audience });
      return { count: found.length };
    };
    return once === undefined ? patch() : tx.once(once, deps.digest(canonical([target.service, target.collection, 'patch', (where ?? null) as Json, set])), patch);
  });
};
