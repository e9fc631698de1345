import type { HouseholdDeps } from '../ports.ts';
import type { ActKind } from './ports.ts';

/** A month (YYYY-MM, UTC) of the open log. */
export interface ActMonth { month: string; counts: Partial<Record<ActKind, number>> }

/** The open log of what stewards do: kinds and times, never whom it concerned or who did it. */
export interface Actions {
  /** Inside the transaction of the act. */
  add(kind: ActKind): void;
  /** The last twelve months that have any, the newest first. */
  months(): ActMonth[];
}

/** Over house.db. */
export function makeActions({ db, clock }: Pick<HouseholdDeps, 'db' | 'clock'>): Actions {
  const add = db.prepare('INSERT INTO actions (at, kind) VALUES (?, ?)');
  const count = db.prepare<{ month: string; kind: ActKind; n: number }>(`SELECT strftime('%Y-%m', at / 1000, 'unixepoch') AS month, kind, count(*) AS n
    FROM actions GROUP BY month, kind ORDER BY month DESC, kind`);
  return {
    add: (kind) => { add.run(clock(), kind); },
    months: () => {
      const months = new Map<string, ActMonth>();
      for (const { month, kind, n } of count.all()) {
        const of = months.get(month) ?? { month, counts: {} };
        of.counts[kind] = n;
        months.set(month, of);
      }
      return [...months.values()].slice(0, 12);
    },
  };
}
