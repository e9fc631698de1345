import { migrate } from '../../sqlite/migrate.ts';
import type { Sqlite } from '../../sqlite/port.ts';
import { makeKeep, type Keep } from './keep.ts';
import type { Counted, Named } from './lines.ts';
import { logMigrations } from './migrations.ts';
import { makeNamed } from './named.ts';
import { makeLogReader, type LogReader } from './read.ts';

/** Hears of every line with a name, after it is written. */
export type OnNamed = (line: Named, day: number) => void;

/** The access log of all pods of a house. Lines whose persona is '' are nobody's: what was asked of somebody who is not here. */
export interface AccessLog extends LogReader, Keep {
  /** Written before the answer leaves. */
  named(line: Named, n?: number): void;
  /** Counted in memory, written within a second. */
  counted(line: Counted, n?: number): void;
  onNamed(listener: OnNamed): void;
  /** Days since 1970, as the log counts them (UTC). */
  today(): number;
  close(): void;
}

interface Waiting extends Counted { day: number; n: number }

const DAY = 86_400_000;
const BUFFER_MS = 1000;
const AGAIN_MS = 10_000;

/** Opens the log over `log.db`. `now` in ms. What cannot be written is told to `onError`: counts wait, a refusal stands without its line. */
export function makeAccessLog(db: Sqlite, now: () => number, onError: (error: unknown) => void = () => {}): AccessLog {
  migrate(db, logMigrations);
  const today = () => Math.floor(now() / DAY);
  const counts = makeCounts(db, today, onError);
  const write = makeNamed(db, now, today);
  // Nothing is delivered to somebody named without its line; but a no may be said.
  const attempt = (line: Named, n: number): Named | null => {
    try { return write(line, n); } catch (error) {
      if (!line.refused) throw error;
      onError(error);
      return null;
    }
  };
  const reader = makeLogReader(db);
  const keep = makeKeep(db, today);
  const listeners: OnNamed[] = [];
  // What waits in memory belongs to what is asked.
  const fresh = <A extends unknown[], T>(ask: (...args: A) => T) => (...args: A): T => { counts.flush(); return ask(...args); };
  return {
    ...keep, today,
    lines: fresh(reader.lines), days: fresh(reader.days), sum: fresh(reader.sum), forget: fresh(keep.forget), forgetService: fresh(keep.forgetService), sweep: fresh(keep.sweep),
    named: (line, n = 1) => {
      const written = attempt(line, n);
      if (written === null) return;
      for (const listener of listeners) listener(written, today());
    },
    counted: counts.add,
    onNamed: (listener) => { listeners.push(listener); },
    close: () => { counts.flush(); db.close(); },
  };
}

function makeCounts(db: Sqlite, today: () => number, onError: (error: unknown) => void): { add(line: Counted, n?: number): void; flush(): void } {
  const put = db.prepare(`INSERT INTO counts VALUES (?,?,?,?,?,?,?,?)
    ON CONFLICT DO UPDATE SET n = n + excluded.n`);
  let waiting = new Map<string, Waiting[]>();
  let timer: NodeJS.Timeout | undefined;
  // Of the second that is being counted: a page of 50 shall not ask the time 50 times.
  let day: number | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    day = undefined;
    if (waiting.size === 0) return;
    const lines = [...waiting.values()].flat();
    try {
      db.transaction(() => {
        for (const { persona, day, who, service, collection, audience, verb, n } of lines) put.run(persona, day, who, service, collection, audience, verb, n);
      });
      waiting = new Map();
    } catch (error) {
      onError(error);
      timer = setTimeout(flush, AGAIN_MS).unref();
    }
  };
  return {
    flush,
    add: (line, n = 1) => {
      day ??= today();
      const mine = waiting.get(line.persona);
      const held = mine && heldOf(mine, line, day);
      if (held) held.n += n;
      else if (mine) mine.push({ ...line, day, n });
      else waiting.set(line.persona, [{ ...line, day, n }]);
      timer ??= setTimeout(flush, BUFFER_MS).unref();
    },
  };
}

// A persona has a handful of these within a second: looking through them is cheaper than making a key of six texts.
function heldOf(lines: readonly Waiting[], { who, service, collection, audience, verb }: Counted, day: number): Waiting | undefined {
  for (const line of lines) {
    if (line.collection === collection && line.audience === audience && line.verb === verb && line.who === who && line.service === service && line.day === day) return line;
  }
  return undefined;
}
