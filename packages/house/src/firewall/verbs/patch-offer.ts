import { canonical, patched, type Json, type JsonObject } from '@commonhold/core';
import type { Access } from '../access.ts';
import type { Caller } from '../caller.ts';
import { choose } from './choose.ts';
import type { DataDeps } from './deps.ts';
import { answeredAtHome, offeringOf } from './offering.ts';
import { sighted } from './see.ts';
import type { Target } from './target.ts';

/**
 * Sets fields of one's own records in another's pod, among those that one may read; `not_found` for who may read none:
 * they put the whole record. What of a record is not theirs to read stays as it is.
 */
export async function patchOffer(deps: DataDeps, caller: Caller, target: Target, { where, set }: { where: unknown; set: JsonObject }, once: string | undefined): Promise<{ count: number }> {
  const { collection } = target;
  const { offering } = offeringOf(deps, caller, target, 'change');
  const me = offering.author.state.persona;
  const chosen = await choose(deps, caller, target, where);
  const due = (access: Access): { key: string; body: JsonObject }[] => {
    const eyes = sighted(access, collection, 'read');
    for (const field of Object.keys(set)) eyes.demand(field, `/set/${field.slice(0, 80).toWellFormed()}`);
    return chosen(access).filter(({ key, author }) => author === me && key.startsWith(`${me}/`))
      .map(({ key, row }) => ({ key, row, body: patched(JSON.parse(row.body ?? '{}') as JsonObject, set) })).filter(({ row, body }) => row.body !== canonical(body));
  };
  const request = (): Uint8Array => deps.digest(canonical([target.persona, target.service, collection, 'patch', (where ?? null) as Json, set]));
  return answeredAtHome(deps, caller, target, once, request, async () => {
    if (!offering.received) {
      return offering.deliver((access, tx) => {
        const found = due(access);
        for (const { key, body } of found) tx.accept(offering.sign(access, { op: 'put', key, body }));
        return { count: found.length };
      });
    }
    const found = due(deps.open(caller, target, true));
    for (const { key, body } of found) await offering.received(offering.sign(deps.open(caller, target, true), { op: 'put', key, body }));
    return { count: found.length };
  });
}
