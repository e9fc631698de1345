import { Refusal } from '@commonhold/core';
import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';
import type { Views } from './views.ts';

/** What the keeper asks of the pods: which there are, and what of each it has not seen. */
export interface ReplayPort {
  pods(): string[];
  podOf(persona: string): string | null;
  last(pod: string): number;
  replay(pod: string, since: number, tell: (changes: Change[], last: number) => void): void;
}

/** Takes changes into the views, each pod's position in the same transaction: a lost one is seen and made up for. */
export interface Intake {
  /** Takes in what was just committed. Throws when the file cannot be written; nothing of it is in then. */
  take(changes: readonly Change[]): void;
  /** Takes in what a pod holds beyond its mark. A pod that cannot be read is told to `onError` and marked no further. */
  catchUp(pod: string): void;
  /** The same for pods that could not be read, but may be by now: there may be descriptors again. */
  retry(): void;
  /** Takes out all that a pod holds, as if each record were removed; nobody is told. */
  forget(pod: string): void;
  /** Empties the views and forgets every mark. */
  clear(): void;
}

interface Deps { db: Sqlite; views: Views; source: ReplayPort; onError(error: unknown): void }

/** The intake of `views.db`. */
export function makeIntake({ db, views, source, onError }: Deps): Intake {
  const mark = db.prepare('INSERT INTO fed (pod, pos) VALUES (?, ?) ON CONFLICT DO UPDATE SET pos = max(pos, excluded.pos)');
  const marks = db.prepare<{ pos: number }>('SELECT pos FROM fed WHERE pod = ?');
  // Whether it may be read another time; a damaged one is restored while the house is down.
  const unread = new Map<string, boolean>();
  const together = (work: () => void) => {
    try { db.transaction(work); } catch (error) { views.undone(); throw error; }
  };
  const apply = (changes: readonly Change[]) => {
    for (const change of changes) views.apply(change);
  };
  const markPod = (pod: string, pos: number) => { if (!unread.has(pod)) mark.run(pod, pos); };
  const catchUp = (pod: string) => {
    try {
      const since = marks.get(pod)?.pos ?? 0;
      if (since < source.last(pod)) source.replay(pod, since, (changes, last) => together(() => { apply(changes); mark.run(pod, last); }));
      unread.delete(pod);
    } catch (error) {
      unread.set(pod, !(error instanceof Refusal && error.code === 'pod_damaged'));
      onError(error);
    }
  };
  return {
    take: (changes) => together(() => {
      apply(changes);
      for (const { persona, pos } of changes) markPod(source.podOf(persona) ?? '', pos);
    }),
    catchUp,
    retry: () => { for (const [pod, passing] of unread) if (passing) catchUp(pod); },
    forget: (pod) => source.replay(pod, 0, (changes) => together(() => apply(changes.map((change) => ({ ...change, op: 'remove', body: null }))))),
    clear: () => { unread.clear(); together(() => views.clear()); },
  };
}
