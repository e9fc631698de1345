import { Refusal, toBase64Url } from '@commonhold/core';
import type { CareDeps, NoticeKind } from './ports.ts';

/** What somebody is told: `by` a steward, or null for whoever sits at the machine; `about` a post's key; times in ms. */
export interface Notice { id: string; kind: NoticeKind; at: number; by: string | null; about: string | null; words: string | null; until: number | null }

/** What goes with a notice. */
export type NoticeParts = Partial<Pick<Notice, 'by' | 'about' | 'words' | 'until'>>;

/** Notices to people about what concerns them; each stays until they put it away. */
export interface Notices {
  /** Inside the transaction of the act. */
  add(persona: string, kind: NoticeKind, parts: NoticeParts): void;
  /** The newest first. */
  of(persona: string): Notice[];
  /** Puts one away. Refuses `notice_unknown`. */
  drop(persona: string, id: string): void;
}

const MOST = 50;

/** Over house.db. */
export function makeNotices({ db, suite, clock, tell }: Pick<CareDeps, 'db' | 'suite' | 'clock' | 'tell'>): Notices {
  const add = db.prepare('INSERT INTO notices (id, persona, kind, at, by, about, words, until) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const list = db.prepare<Notice>('SELECT id, kind, at, by, about, words, until FROM notices WHERE persona = ? ORDER BY at DESC LIMIT ?');
  const newest = db.prepare<{ at: number | null }>('SELECT max(at) AS at FROM notices WHERE persona = ?');
  const drop = db.prepare('DELETE FROM notices WHERE persona = ? AND id = ?');
  return {
    add: (persona, kind, { by = null, about = null, words = null, until = null }) => {
      // No two of one moment, so that the later one comes first.
      const at = Math.max(clock(), (newest.get(persona)?.at ?? -1) + 1);
      add.run(toBase64Url(suite.random(16)), persona, kind, at, by, about, words, until);
      // Told after the transaction: whoever hears of it asks at once.
      setImmediate(() => tell({ type: 'notice', persona }));
    },
    of: (persona) => list.all(persona, MOST),
    drop: (persona, id) => {
      if (drop.run(persona, id).changes === 0) throw new Refusal('not_found', 'notice_unknown', 'There is no such notice.');
    },
  };
}
