import { migrate } from '../../sqlite/migrate.ts';
import type { Sqlite } from '../../sqlite/port.ts';
import { logMigrations } from './migrations.ts';

/** A delivery that carries a name: a stranger's write, a service's read, any refusal. */
export interface Named { persona: string; caller: string; service: string; collection: string; verb: string; refused: boolean; rule: string }
/** A delivery that is only counted. */
export interface Counted { persona: string; service: string; collection: string; audience: string; verb: string }
/** A line of the log as its owner sees it; `at` in ms. */
export interface LogLine {
  day: number; caller: string | null; service: string; collection: string; audience: string | null;
  verb: string; refused: boolean; rule: string | null; n: number; first: number | null; last: number | null;
}

/** The access log of all pods of a house. */
export interface AccessLog {
  /** Written before the answer leaves. */
  named(line: Named): void;
  /** Counted in memory, written within a second. */
  counted(line: Counted): void;
  /** What is known of one persona's pod, newest day first. */
  read(persona: string): LogLine[];
  /** Forgets a persona's lines. */
  forget(persona: string): void;
  close(): void;
}

interface Waiting extends Counted { day: number; n: number }

const DAY = 86_400_000;
const BUFFER_MS = 1000;

/** Opens the log over `log.db`. `now` in ms. */
export function makeAccessLog(db: Sqlite, now: () => number): AccessLog {
  migrate(db, logMigrations);
  const add = db.prepare(`INSERT INTO counts VALUES (?,?,?,?,?,?,?)
    ON CONFLICT DO UPDATE SET n = n + excluded.n`);
  const name = db.prepare(`INSERT INTO named VALUES (?,?,?,?,?,?,?,?,1,?,?)
    ON CONFLICT DO UPDATE SET n = n + 1, last = excluded.last`);
  const today = () => Math.floor(now() / DAY);
  let waiting = new Map<string, Waiting[]>();
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.size === 0) return;
    const lines = [...waiting.values()].flat();
    waiting = new Map();
    db.transaction(() => {
      for (const { persona, day, service, collection, audience, verb, n } of lines) add.run(persona, day, service, collection, audience, verb, n);
    });
  };
  return {
    named: (line) => {
      const at = now();
      name.run(line.persona, today(), line.caller, line.service, line.collection, line.verb, line.refused ? 1 : 0, line.rule, at, at);
    },
    counted: (line) => {
      const day = today();
      const mine = waiting.get(line.persona);
      const held = mine && heldOf(mine, line, day);
      if (held) held.n++;
      else if (mine) mine.push({ ...line, day, n: 1 });
      else waiting.set(line.persona, [{ ...line, day, n: 1 }]);
      timer ??= setTimeout(flush, BUFFER_MS).unref();
    },
    read: (persona) => { flush(); return readLines(db, persona); },
    forget: (persona) => {
      flush();
      db.prepare('DELETE FROM counts WHERE persona = ?').run(persona);
      db.prepare('DELETE FROM named WHERE persona = ?').run(persona);
    },
    close: () => { flush(); db.close(); },
  };
}

// A persona has a handful of these within a second: looking through them is cheaper than making a key of five texts.
function heldOf(lines: readonly Waiting[], { service, collection, audience, verb }: Counted, day: number): Waiting | undefined {
  for (const line of lines) {
    if (line.collection === collection && line.audience === audience && line.verb === verb && line.service === service && line.day === day) return line;
  }
  return undefined;
}

function readLines(db: Sqlite, persona: string): LogLine[] {
  const rows = db.prepare<Omit<LogLine, 'refused'> & { refused: number }>(`
    SELECT day, NULL AS caller, service, collection, audience, verb, 0 AS refused, NULL AS rule, n, NULL AS first, NULL AS last FROM counts WHERE persona = ?1
    UNION ALL SELECT day, caller, service, collection, NULL, verb, refused, rule, n, first, last FROM named WHERE persona = ?1
    ORDER BY day DESC, n DESC`).all(persona);
  return rows.map((row) => ({ ...row, refused: row.refused === 1 }));
}
