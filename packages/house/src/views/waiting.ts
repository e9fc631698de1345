import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';

/** Posts that wait for their time: an index of ids and times. What failed waits no more. */
export interface WaitingView {
  apply(change: Change): void;
  /** What is due by a time (ms), the earliest first. */
  dueBy(time: number): { persona: string; key: string }[];
  /** When the next is due after a time (ms); null when none is. */
  nextAfter(time: number): number | null;
}

const MOST = 100;

/** The view of `microblog.scheduled` over `views.db`. */
export function makeWaitingView(db: Sqlite): WaitingView {
  const put = db.prepare('INSERT OR REPLACE INTO waiting (persona, key, due) VALUES (?,?,?)');
  const drop = db.prepare('DELETE FROM waiting WHERE persona = ? AND key = ?');
  const due = db.prepare<{ persona: string; key: string }>(`SELECT persona, key FROM waiting WHERE due <= ? ORDER BY due LIMIT ${MOST}`);
  const next = db.prepare<{ due: number | null }>('SELECT min(due) AS due FROM waiting WHERE due > ?');
  return {
    apply: ({ persona, key, op, body }) => {
      const waits = op === 'put' && body !== null ? JSON.parse(body) as { due: number; failed?: string } : null;
      if (waits && waits.failed === undefined) put.run(persona, key, waits.due); else drop.run(persona, key);
    },
    dueBy: (time) => due.all(time),
    nextAfter: (time) => next.get(time)?.due ?? null,
  };
}
