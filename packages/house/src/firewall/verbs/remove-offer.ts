import { canonical, isObject, Refusal, type Json } from '@commonhold/core';
import type { Access } from '../access.ts';
import type { Caller } from '../caller.ts';
import type { Transactor } from '../transactor.ts';
import { choose } from './choose.ts';
import type { DataDeps } from './deps.ts';
import { answeredAtHome, notForStrangers, offeredKey, offeringOf, type Offering } from './offering.ts';
import type { Target } from './target.ts';
import { parseWhere } from './where.ts';

const MOST = 500;

/**
 * Removes one's own records from another's pod, by offers. Who may read there finds them by any `where`, among what they may
 * read, and is told how many were removed. Who may not can only name keys, and is told how many they named.
 */
export async function removeOffer(deps: DataDeps, caller: Caller, target: Target, where: unknown, once: string | undefined): Promise<{ count: number }> {
  const { access, offering } = offeringOf(deps, caller, target, 'remove');
  const me = offering.author.state.persona;
  const { collection } = target;
  const reads = 'allow' in access.decide(collection, 'read');
  const chosen = reads ? await choose(deps, caller, target, where) : null;
  const named = reads ? null : keysNamed(where, me);
  const take = (owner: Access, tx: Transactor): number => {
    const keys = chosen ? chosen(owner).filter(({ author, key }) => author === me && key.startsWith(`${me}/`)).map(({ key }) => key) : named!;
    for (const key of keys) tx.accept(offering.sign(owner, { op: 'remove', key }));
    return keys.length;
  };
  return answeredAtHome(deps, caller, target, once, () => deps.digest(canonical([target.persona, target.service, collection, 'remove', (where ?? null) as Json])), async () => ({ count: offering.received ? await takeReceived(deps, caller, target, { offering, chosen, named, me }) : await offering.deliver(take) }));
}

interface Choice { offering: Offering; chosen: ((access: Access) => { key: string; author: string }[]) | null; named: readonly string[] | null; me: string }

// A service that looks at each offer itself gets them one by one: each may be repeated.
async function takeReceived(deps: DataDeps, caller: Caller, target: Target, { offering, chosen, named, me }: Choice): Promise<number> {
  const owner = deps.open(caller, target, true);
  const keys = chosen ? chosen(owner).filter(({ author }) => author === me).map(({ key }) => key) : named!;
  for (const key of keys) await offering.received!(offering.sign(deps.open(caller, target, true), { op: 'remove', key }));
  return keys.length;
}

/** `{"$key": {"eq": …}}` or `{"$key": {"in": […]}}`: whoever may read nothing can ask about nothing else. */
function keysNamed(where: unknown, me: string): string[] {
  const { fields, conditions } = parseWhere(where);
  if (conditions === 0) throw new Refusal('invalid', 'where_needed', 'Say which records are meant: where has no condition.', { field: '/where' });
  for (const [field, at] of fields) if (field !== '$key') throw notForStrangers(at);
  const keys = keysIn(where);
  if (keys === null || keys.length > MOST) {
    throw new Refusal('invalid', 'bad_where', 'Name the keys of your records.', { field: '/where', expected: `{"$key": {"in": [at most ${MOST} keys]}}` });
  }
  return [...new Set(keys.map((key) => (typeof key === 'string' ? offeredKey(me, key) : null)).filter((key) => key !== null))];
}

function keysIn(where: unknown): readonly unknown[] | null {
  const test = isObject(where) && Object.keys(where).length === 1 ? where['$key'] : undefined;
  if (!isObject(test) || Object.keys(test).length !== 1) return null;
  const { eq, in: list } = test;
  return typeof eq === 'string' ? [eq] : Array.isArray(list) ? list : null;
}
