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
  /** Empties and rebuilds; `onPod` hears how many pods are done. Questions wait meanwhile. */
  reindex(onPod: (done: number, of: number) => void): Promise<void>;
  close(): void;
}

interface Deps { db: Sqlite; feed: Feed; posts: PostsView; source: ReplayPort; onError(error: unknown): void }

/** `posts` is the one view of this version. What cannot be taken in is told to `onError` and tried again; it stops nobody else. */
export function makeKeeper({ db, feed, posts, source, onError }: Deps): Keeper {
  const mark = db.prepare('INSERT INTO fed (pod, pos) VALUES (?, ?) ON CONFLICT DO UPDATE SET pos = max(pos, excluded.pos)');
  const marks = db.prepare<{ pos: number }>('SELECT pos FROM fed WHERE pod = ?');
  const unread = new Set<string>();
  let waiting: Change[] = [];
  let timer: NodeJS.Immediate | undefined;
  let ready: PromiseWithResolvers<void> | null = Promise.withResolvers();
  const together = (work: () => void) => {
    try { db.transaction(work); } catch (error) { posts.undone(); throw error; }
  };
  const take = (changes: readonly Change[]) => {
    for (const change of changes) if (change.service === 'microblog' && change.collection === 'posts') posts.apply(change);
  };
  // While catching up, changes wait: a mark set by one of them would hide what lies before it.
  const settle = () => {
    if (ready || waiting.length === 0) return;
    try {
      together(() => {
        take(waiting);
        for (const { persona, pos } of waiting) markPod(source.podOf(persona) ?? '', pos);
      });
      waiting = [];
    } catch (error) { onError(error); }
  };
  const markPod = (pod: string, pos: number) => { if (!unread.has(pod)) mark.run(pod, pos); };
  const stop = feed.listen('microblog', (change) => {
    waiting.push(change);
    timer ??= setImmediate(() => { timer = undefined; settle(); });
  });
  const catchUpPod = (pod: string) => {
    try {
      const since = marks.get(pod)?.pos ?? 0;
      if (since >= source.last(pod)) return;
      source.replay(pod, since, (changes, last) => together(() => { take(changes); mark.run(pod, last); }));
    } catch (error) { unread.add(pod); onError(error); }
  };
  const fill = async (onPod: (done: number, of: number) => void) => {
    const pods = source.pods();
    for (const [i, pod] of pods.entries()) { catchUpPod(pod); onPod(i + 1, pods.length); await breathe(); }
    const { resolve } = ready!;
    ready = null;
    settle();
    resolve();
  };
  return {
    ask: async (question) => {
      while (ready) await ready.promise;
      settle();
      return question(posts);
    },
    catchUp: () => fill(() => {}),
    reindex: async (onPod) => {
      while (ready) await ready.promise;
      ready = Promise.withResolvers();
      unread.clear();
      together(() => posts.clear());
      await fill(onPod);
    },
    close: () => { stop(); clearImmediate(timer); settle(); db.close(); },
  };
}

const breathe = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
