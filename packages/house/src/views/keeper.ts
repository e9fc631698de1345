import type { Change, Feed } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';
import type { PostsView } from './posts.ts';

/** What the keeper asks of the pods: which there are, and what of each it has not seen. */
export interface ReplayPort {
  pods(): string[];
  podOf(persona: string): string | null;
  last(pod: string): number;
  replay(pod: string, since: number, tell: (changes: Change[], last: number) => void): void;
}

/** Keeps `views.db` what the pods say: fed by commits, caught up at boot, built anew on demand. */
export interface Keeper {
  /** Asks the views once they have caught up and settled, so that everybody reads their own writes. */
  ask<T>(question: (posts: PostsView) => T): Promise<T>;
  /** Takes in what commits before a crash left unseen, pod by pod, giving way to others in between. */
  catchUp(): Promise<void>;
  /** Empties and rebuilds; `onPod` hears how many pods are done. */
  reindex(onPod: (done: number, of: number) => void): Promise<void>;
  close(): void;
}

/** `posts` is the one view of this version. */
export function makeKeeper({ db, feed, posts, source }: { db: Sqlite; feed: Feed; posts: PostsView; source: ReplayPort }): Keeper {
  const mark = db.prepare('INSERT INTO fed (pod, pos) VALUES (?, ?) ON CONFLICT DO UPDATE SET pos = max(pos, excluded.pos)');
  const marks = db.prepare<{ pos: number }>('SELECT pos FROM fed WHERE pod = ?');
  let waiting: Change[] = [];
  let timer: NodeJS.Immediate | undefined;
  const take = (changes: readonly Change[]) => {
    for (const change of changes) if (change.service === 'microblog' && change.collection === 'posts') posts.apply(change);
  };
  const settle = () => {
    if (waiting.length === 0) return;
    const changes = waiting;
    waiting = [];
    db.transaction(() => {
      take(changes);
      for (const change of changes) mark.run(source.podOf(change.persona) ?? '', change.pos);
    });
  };
  const stop = feed.listen('microblog', (change) => {
    waiting.push(change);
    timer ??= setImmediate(() => { timer = undefined; settle(); });
  });
  const catchUpPod = (pod: string) => {
    const since = marks.get(pod)?.pos ?? 0;
    if (since >= source.last(pod)) return;
    source.replay(pod, since, (changes, last) => db.transaction(() => { take(changes); mark.run(pod, last); }));
  };
  const ready = Promise.withResolvers<void>();
  return {
    ask: async (question) => { await ready.promise; settle(); return question(posts); },
    catchUp: async () => {
      for (const pod of source.pods()) { catchUpPod(pod); await breathe(); }
      ready.resolve();
    },
    reindex: async (onPod) => {
      waiting = [];
      db.transaction(() => posts.clear());
      const pods = source.pods();
      for (const [i, pod] of pods.entries()) { catchUpPod(pod); onPod(i + 1, pods.length); await breathe(); }
    },
    close: () => { stop(); clearImmediate(timer); settle(); db.close(); },
  };
}

const breathe = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
