import { Refusal } from '@commonhold/core';
import type { PodStatements } from '../../store/pod/statements.ts';
import type { Row } from '../../store/pod/types.ts';
import type { Pods } from '../../store/pods.ts';
import type { Access } from '../access.ts';
import { nameOf } from '../caller.ts';

/** Rows that are read before others get their turn: a few milliseconds. */
const SLICE = 200;
/** Long readings that may wait in one caller's line. */
const WAITING = 16;

/** Tells of every row of a collection, as of one moment; that moment is the answer's newest position. */
export type Scan = (access: Access, collection: string, keys: readonly string[] | null, visit: (row: Row) => void) => Promise<number>;

/**
 * Small collections are read at once. Large ones are read from a moment of their own (a second, read-only connection),
 * slice by slice, so that the house goes on meanwhile; of each caller one at a time. Refuses `too_many_requests`.
 */
export function makeScan(pods: Pick<Pods, 'snapshot'>): Scan {
  const lines = new Map<string, { tail: Promise<unknown>; length: number }>();
  const inTurn = <T>(who: string, work: () => Promise<T>): Promise<T> => {
    const line = lines.get(who) ?? { tail: Promise.resolve(), length: 0 };
    if (line.length >= WAITING) throw new Refusal('rate_limited', 'too_many_requests', 'Too many long questions at once. Please wait a moment.', { retryAfter: 1 });
    line.length++;
    lines.set(who, line);
    const done = line.tail.then(work).finally(() => { if (--line.length === 0) lines.delete(who); });
    line.tail = done.catch(() => {});
    return done;
  };
  return async (access, collection, keys, visit) => {
    const { pod } = access.home;
    if (readAtOnce(access, collection, keys, visit)) return pod.last;
    return inTurn(nameOf(access.caller), async () => {
      const moment = pods.snapshot(pod.id);
      try {
        const last = moment.sql.last.get()?.pos ?? 0;
        await readSlices(moment.sql, access, collection, visit);
        return last;
      } finally { moment.close(); }
    });
  };
}

/** Reads what is few in one go: some keys, or a small collection. False, with nothing told, when there is more. */
export function readAtOnce(access: Access, collection: string, keys: readonly string[] | null, visit: (row: Row) => void): boolean {
  const kept = access.kept(collection);
  const [ref, service] = [access.home.state.ref, access.contract.service];
  const rows = keys ? keys.map((key) => kept.row.get(ref, service, collection, key)).filter((row) => row !== undefined) : kept.page.all(ref, service, collection, '', SLICE);
  if (!keys && rows.length === SLICE) return false;
  for (const row of rows) if (row.op === 'put') visit(row);
  return true;
}

async function readSlices(sql: PodStatements, access: Access, collection: string, visit: (row: Row) => void): Promise<void> {
  const [ref, service] = [access.home.state.ref, access.contract.service];
  for (let after = ''; ;) {
    const rows = access.kept(collection, sql).page.all(ref, service, collection, after, SLICE);
    for (const row of rows) if (row.op === 'put') visit(row);
    if (rows.length < SLICE) return;
    after = rows.at(-1)!.key;
    await new Promise((resolve) => { setImmediate(resolve); });
  }
}
