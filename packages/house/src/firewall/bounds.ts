import { isWider, type Alternative, type Audience, type Decision } from '@commonhold/core';
import type { JoinedContract } from '../store/pod/types.ts';
import { termsOf } from './joining/terms.ts';
import type { ContractBook } from './contract-book.ts';
import type { EnforcedContract } from './contracts.ts';
import type { Home } from './homes.ts';

/** Records whose clock is before this one are bound by an earlier contract, too: its successor was wider, and not accepted for them. */
export interface Bound { before: string; contract: EnforcedContract }

interface Bounded extends Alternative { readonly within: readonly { before: string; old: readonly Alternative[] }[] }

const NONE: readonly Bound[] = [];

const kept = new WeakMap<JoinedContract, readonly Bound[]>();

/** The earlier contracts that still bind older records of a namespace. */
export function boundsOf(book: ContractBook, home: Home, service: string): readonly Bound[] {
  const joined = home.state.contracts.get(service);
  if (!joined || joined.terms === null) return NONE;
  const had = kept.get(joined);
  if (had) return had;
  const found = readBounds(book, home, service, joined);
  kept.set(joined, found);
  return found;
}

function readBounds(book: ContractBook, home: Home, service: string, joined: JoinedContract): readonly Bound[] {
  const history = termsOf(joined)?.history ?? [];
  const contractOf = (i: number): EnforcedContract | null => (i === history.length - 1 ? book.of(home, service) : book.earlier(home, service, history[i]!.hash));
  const found: Bound[] = [];
  for (let i = history.length - 1; i > 0; i--) {
    const [before, after] = [contractOf(i - 1), contractOf(i)];
    if (!before) continue;
    if (!history[i]!.earlier) found.push({ before: history[i]!.from, contract: before });
    // One that gave nobody more says nothing of those before it; one that did, and was accepted for earlier records, too, settles it for all.
    else if (after && isWider(before.contract, after.contract)) break;
  }
  return found;
}

/** The same decision, with what the earlier contracts gave for the same question (`old`). */
export function boundedBy(bounds: readonly Bound[], decision: Decision, old: (contract: EnforcedContract) => Decision): Decision {
  if (bounds.length === 0 || !('allow' in decision)) return decision;
  const within = bounds.map(({ before, contract }) => {
    const given = old(contract);
    return { before, old: 'allow' in given ? given.allow : [] };
  });
  return { allow: decision.allow.map((one): Bounded => ({ ...one, within })) };
}

/** What alternatives come to for a record of this clock. */
export function forClock(alternatives: readonly Alternative[], at: string): readonly Alternative[] {
  if (alternatives.length === 0 || !('within' in alternatives[0]!)) return alternatives;
  return (alternatives as readonly Bounded[]).flatMap((one) => {
    let left: readonly Alternative[] = [one];
    for (const { before, old } of one.within) if (at < before) left = left.flatMap((now) => old.flatMap((then) => meet(now, then)));
    return left;
  });
}

/** What two alternatives both give. */
function meet(now: Alternative, then: Alternative): Alternative[] {
  const audiences: readonly Audience[] = now.audiences.filter((one) => then.audiences.includes(one));
  const fields = now.fields === null ? then.fields : now.fields.filter((one) => then.fields?.includes(one) ?? true);
  if (audiences.length === 0 || fields?.length === 0) return [];
  return [{ fields, audiences, rows: now.rows === 'own' || then.rows === 'own' ? 'own' : 'all', rule: now.rule }];
}
