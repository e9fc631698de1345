import type { Sqlite } from '../../sqlite/port.ts';
import { folded, OTHERS, type Named } from './lines.ts';

/** Different lines that one caller may fill on one day of one person's log; what is beyond them becomes one line. */
const PER_CALLER = 24;
/** Different lines of one day of one person's log. */
const PER_DAY = 200;

interface Day { day: number; lines: number; callers: Map<string, number> }

/**
 * Writes lines with names, at once. Bounded per person, caller and day: a line that is there already is counted up, and
 * what no line is left for is counted in one that says so. Answers the line that was written.
 */
export function makeNamed(db: Sqlite, now: () => number, today: () => number): (line: Named, n: number) => Named {
  const put = db.prepare<{ n: number }>(`INSERT INTO named VALUES (?,?,?,?,?,?,?,?,?,?,?)
    ON CONFLICT DO UPDATE SET n = n + excluded.n, last = excluded.last RETURNING n`);
  const bump = db.prepare(`UPDATE named SET n = n + ?9, last = ?10
    WHERE persona = ?1 AND day = ?2 AND caller = ?3 AND service = ?4 AND collection = ?5 AND verb = ?6 AND refused = ?7 AND rule = ?8`);
  const held = db.prepare<{ caller: string; lines: number }>('SELECT caller, count(*) AS lines FROM named WHERE persona = ? AND day = ? GROUP BY caller');
  const days = new Map<string, Day>();
  const dayOf = (persona: string): Day => {
    const day = today();
    const had = days.get(persona);
    if (had?.day === day) return had;
    const callers = new Map(held.all(persona, day).map(({ caller, lines }) => [caller, lines]));
    const made = { day, lines: [...callers.values()].reduce((sum, lines) => sum + lines, 0), callers };
    days.set(persona, made);
    return made;
  };
  const nameOf = ({ persona, caller, service, collection, verb, refused, rule }: Named, day: number) => [persona, day, caller, service, collection, verb, refused ? 1 : 0, rule] as const;
  return (line, n) => {
    const at = now();
    const of = dayOf(line.persona);
    const mine = of.callers.get(line.caller) ?? 0;
    if (of.lines < PER_DAY && mine < PER_CALLER) {
      const isNew = put.get(...nameOf(line, of.day), n, at, at)?.n === n;
      if (isNew) { of.lines++; of.callers.set(line.caller, mine + 1); }
      return line;
    }
    if (bump.run(...nameOf(line, of.day), n, at).changes > 0) return line;
    const rest = folded(line, mine < PER_CALLER ? OTHERS : line.caller);
    put.get(...nameOf(rest, of.day), n, at, at);
    return rest;
  };
}
