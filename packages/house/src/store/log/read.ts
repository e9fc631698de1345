import type { Sqlite } from '../../sqlite/port.ts';
import type { LogLine } from './lines.ts';

/** What a day comes to: how many different callers have a name in it, how many deliveries, how many refusals. */
export interface DaySum { callers: number; reads: number; refused: number }

/** Asks the log for what one person may know of their own pod. */
export interface LogReader {
  /** Every line of these days, the newest day first; within a day what happened most first. */
  lines(persona: string, from: number, before: number): LogLine[];
  /** The newest days before one, at most so many, that have lines; never older than `from`. */
  days(persona: string, from: number, before: number, most: number): number[];
  sum(persona: string, day: number): DaySum;
}

/** Readers over the tables of `log.db`. */
export function makeLogReader(db: Sqlite): LogReader {
  const lines = db.prepare<Omit<LogLine, 'refused'> & { refused: number }>(`
    SELECT day, nullif(who, 'housemates') AS caller, service, collection, audience, verb, 0 AS refused, NULL AS rule, n, NULL AS first, NULL AS last
      FROM counts WHERE persona = ?1 AND day >= ?2 AND day < ?3
    UNION ALL SELECT day, caller, service, collection, NULL, verb, refused, nullif(rule, ''), n, first, last FROM named WHERE persona = ?1 AND day >= ?2 AND day < ?3
    ORDER BY day DESC, n DESC, last DESC`);
  const days = db.prepare<{ day: number }>(`
    SELECT day FROM counts WHERE persona = ?1 AND day >= ?2 AND day < ?3
    UNION SELECT day FROM named WHERE persona = ?1 AND day >= ?2 AND day < ?3 ORDER BY day DESC LIMIT ?4`);
  const named = db.prepare<DaySum>(`SELECT count(DISTINCT caller) AS callers, coalesce(sum(n) FILTER (WHERE NOT refused), 0) AS reads,
    coalesce(sum(n) FILTER (WHERE refused), 0) AS refused FROM named WHERE persona = ? AND day = ?`);
  const counted = db.prepare<{ n: number }>('SELECT coalesce(sum(n), 0) AS n FROM counts WHERE persona = ? AND day = ?');
  return {
    lines: (persona, from, before) => lines.all(persona, from, before).map((row) => ({ ...row, refused: row.refused === 1 })),
    days: (persona, from, before, most) => days.all(persona, from, before, most).map(({ day }) => day),
    sum: (persona, day) => {
      const { callers, reads, refused } = named.get(persona, day)!;
      return { callers, reads: reads + counted.get(persona, day)!.n, refused };
    },
  };
}
