import type { Sqlite } from '../../sqlite/port.ts';
import { folded, OTHERS, type Named } from './lines.ts';

/** Different lines that one caller may fill on one day of one person's log; what is beyond them becomes one line. */
const PER_CALLER = 24;
/** Different lines of one day of one person's log. */
const PER_DAY = 200;

interface Day { day: number; lines: Set<string>; callers: Map<string, number> }

/**
 * Writes lines with names, at once. Bounded per person, caller and day: a line that is there already is counted up, and
 * what no line is left for is counted in one that says so. Answers the line that was written. What is nobody's is one line.
 * Whatever the line and however full the day, one statement is run: nobody can tell by it what is there.
 */
export function makeNamed(db: Sqlite, now: () => number, today: () => number): (line: Named, n: number) => Named {
  const put = db.prepare(`INSERT INTO named VALUES (?,?,?,?,?,?,?,?,?,?,?)
    ON CONFLICT DO UPDATE SET n = n + excluded.n, last = excluded.last`);
  const held = db.prepare<Omit<Named, 'refused'> & { refused: number }>('SELECT persona, caller, service, collection, verb, refused, rule FROM named WHERE persona = ? AND day = ?');
  const days = new Map<string, Day>();
  const dayOf = (persona: string): Day => {
    const day = today();
    const had = days.get(persona);
    if (had?.day === day) return had;
    const made: Day = { day, lines: new Set(), callers: new Map() };
    for (const { refused, ...line } of held.all(persona, day)) keep(made, { ...line, refused: refused === 1 });
    days.set(persona, made);
    return made;
  };
  return (line, n) => {
    const at = now();
    const of = dayOf(line.persona);
    const written = line.persona === '' ? NOBODYS : placed(of, line);
    const { persona, caller, service, collection, verb, refused, rule } = written;
    put.run(persona, of.day, caller, service, collection, verb, refused ? 1 : 0, rule, n, at, at);
    return written;
  };
}

const NOBODYS: Named = { persona: '', caller: '', service: '', collection: '', verb: '', refused: true, rule: '' };

const nameOf = ({ caller, service, collection, verb, refused, rule }: Named): string => `${caller} ${service} ${collection} ${verb} ${refused} ${rule}`;

function keep({ lines, callers }: Day, line: Named): void {
  lines.add(nameOf(line));
  callers.set(line.caller, (callers.get(line.caller) ?? 0) + 1);
}

/** The line itself where there is room for it, or the one that stands for what there is none for. */
function placed(day: Day, line: Named): Named {
  if (day.lines.has(nameOf(line))) return line;
  const mine = day.callers.get(line.caller) ?? 0;
  if (day.lines.size >= PER_DAY || mine >= PER_CALLER) return folded(line, mine < PER_CALLER ? OTHERS : line.caller);
  keep(day, line);
  return line;
}
