import { canonical, Refusal, type Json } from '@commonhold/core';
import type { Caller } from '../caller.ts';
import type { Row } from '../../store/pod/types.ts';
import type { DataDeps } from './deps.ts';
import { compareValues } from './order.ts';
import { sighted } from './see.ts';
import { checker, FIELD, objectOf } from './shape.ts';
import type { Target } from './target.ts';
import { parseWhere, valueOf } from './where.ts';

/** How many records there are; `groups` by the value of a field, when asked for. */
export interface Counted { count: number; groups?: Group[] }
/** The records that have one value; null: it is not there, or not for the caller. */
interface Group { value: Json; count: number }

const MOST_GROUPS = 1000;
const check = checker({ by: FIELD });

/**
 * Counts records, exactly, as of one moment. Whoever may read a record may count it; a contract may also let somebody
 * count without reading. Refuses what `query` refuses, and `too_many_groups`.
 */
export const makeCount = ({ open, scan }: DataDeps) => async (caller: Caller, target: Target, input: unknown): Promise<Counted> => {
  const { where: condition, ...rest } = objectOf(input);
  check(rest);
  const { by } = rest as { by?: string };
  const where = parseWhere(condition);
  const eyes = sighted(open(caller, target), target.collection, 'read', 'count');
  for (const [field, at] of where.fields) eyes.demand(field, at);
  if (by !== undefined) eyes.demand(by, '/by');
  const groups = new Map<string, Group>();
  const audiences = new Map<string, Row>();
  let count = 0;
  await scan(eyes.access, target.collection, where.keys, (row) => {
    const sight = eyes.see(row);
    if (!sight || !where.matches(sight)) return;
    count++;
    audiences.set(row.audience, row);
    if (by !== undefined) addTo(groups, valueOf(sight, by));
  });
  for (const row of audiences.values()) eyes.access.delivered(row, 'count');
  return by === undefined ? { count } : { count, groups: [...groups].sort(byValue).map(([, group]) => group) };
};

// Lists and objects have no order of their own, but the answer has one.
const byValue = ([nameA, a]: [string, Group], [nameB, b]: [string, Group]): number => compareValues(a.value, b.value) || (nameA < nameB ? -1 : 1);

function addTo(groups: Map<string, Group>, value: Json): void {
  const name = canonical(value);
  const group = groups.get(name);
  if (group) { group.count++; return; }
  if (groups.size >= MOST_GROUPS) throw new Refusal('invalid', 'too_many_groups', 'This field has too many different values to be counted by.', { field: '/by', expected: `at most ${MOST_GROUPS}` });
  groups.set(name, { value, count: 1 });
}
