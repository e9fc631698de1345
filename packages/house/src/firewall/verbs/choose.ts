import { Refusal } from '@commonhold/core';
import type { Row } from '../../store/pod/types.ts';
import type { Access } from '../access.ts';
import type { Caller } from '../caller.ts';
import type { DataDeps } from './deps.ts';
import { readAtOnce } from './scan.ts';
import { sighted, type Sight } from './see.ts';
import type { Target } from './target.ts';
import { parseWhere, type Where } from './where.ts';

/** The most records that one request changes. */
const MOST = 500;
/** The most changes that may come between a look at a large collection and the write. */
const MOST_SINCE = 10_000;

/** The records of a `where` inside a write, by key; asked again there, so that nothing that came between is missed or taken wrongly. */
export type Choose = (access: Access) => Sight[];

/**
 * Finds what a patch or a remove is about: before the write, since a large collection is not to be read inside one.
 * Refuses `where_needed` (no condition at all) and `too_many_matches`, and what `query` refuses.
 */
export async function choose({ open, scan }: DataDeps, caller: Caller, target: Target, condition: unknown): Promise<Choose> {
  const where = parseWhere(condition);
  if (where.conditions === 0) throw new Refusal('invalid', 'where_needed', 'Say which records are meant: where has no condition.', { field: '/where' });
  const eyes = (access: Access) => {
    const opened = sighted(access, target.collection, 'read');
    for (const [field, at] of where.fields) opened.demand(field, at);
    return opened;
  };
  const before = eyes(open(caller, target));
  if (readAtOnce(before.access, target.collection, where.keys, () => {})) return (access) => bounded(matching(eyes(access).see, where, (visit) => atOnce(access, target.collection, where.keys, visit)));
  const keys: string[] = [];
  const last = await scan(before.access, target.collection, null, (row) => {
    const sight = before.see(row);
    if (sight && where.matches(sight)) bounded(keys).push(sight.key);
  });
  return (access) => bounded(matching(eyes(access).see, where, (visit) => {
    const since = changedSince(access, target.collection, last);
    atOnce(access, target.collection, [...new Set([...keys, ...since])], visit);
  }));
}

type Visit = (visit: (row: Row) => void) => void;

function matching(see: (row: Row) => Sight | null, where: Where, rows: Visit): Sight[] {
  const found: Sight[] = [];
  rows((row) => { const sight = see(row); if (sight && where.matches(sight)) found.push(sight); });
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

// What was small a moment ago may have grown by now; then the caller tries again.
function atOnce(access: Access, collection: string, keys: readonly string[] | null, visit: (row: Row) => void): void {
  if (!readAtOnce(access, collection, keys, visit)) throw grown();
}

const grown = (): Refusal => new Refusal('unavailable', 'try_again', 'The collection has just grown. Please try again.', { retryAfter: 1 });

function changedSince(access: Access, collection: string, last: number): string[] {
  const rows = access.home.pod.sql.since.all(last, MOST_SINCE);
  if (rows.length === MOST_SINCE) throw grown();
  return rows.filter((row) => row.persona === access.home.state.ref && row.service === access.contract.service && row.collection === collection).map(({ key }) => key);
}

function bounded<T>(found: T[]): T[] {
  if (found.length > MOST) throw new Refusal('conflict', 'too_many_matches', `More than ${MOST} records match. Ask for fewer; nothing was changed.`, { field: '/where', expected: `at most ${MOST} records` });
  return found;
}
