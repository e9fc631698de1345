import { Refusal } from '@commonhold/core';
import type { Change, Feed } from '../firewall/feed.ts';
import { isDamage } from '../sqlite/storage-refusal.ts';
import type { Sqlite } from '../sqlite/port.ts';
import { makeIntake, type ReplayPort } from './intake.ts';
import type { Views } from './views.ts';

/** Keeps `views.db` what the pods say: fed by commits, caught up at boot, built anew on demand. */
export interface Keeper {
  /** Asks the views once they have caught up and settled, so that everybody reads their own writes. */
  ask<T>(question: (views: Views) => T): Promise<T>;
  /** Takes in what commits before a crash left unseen, pod by pod, giving way to others in between. */
  catchUp(): Promise<void>;
  /** Empties and rebuilds; `onPod` hears how many pods are done. Questions wait meanwhile. */
  reindex(onPod: (done: number, of: number) => void): Promise<void>;
  /** Takes out what a pod said that leaves; the pod must still be there. */
  forget(pod: string): Promise<void>;
  close(): void;
}

interface Deps { db: Sqlite; feed: Feed; views: Views; source: ReplayPort; onError(error: unknown): void; /** The file is damaged: it is to be made anew at the next start. */ onDamage(): void }

/** What cannot be taken in is told to `onError` and tried again; it stops nobody else. */
export function makeKeeper({ db, feed, views, source, onError: tell, onDamage }: Deps): Keeper {
  const named = (error: unknown): unknown => {
    if (!isDamage(error)) return error;
    onDamage();
    return new Refusal('unavailable', 'views_damaged', 'The timelines of this house are damaged. Start the house again: it makes them anew from the pods.', { cause: error });
  };
  const onError = (error: unknown) => tell(named(error));
  const intake = makeIntake({ db, views, source, onError });
  let waiting: Change[] = [];
  let timer: NodeJS.Timeout | undefined;
  let flood = false;
  let ready: PromiseWithResolvers<void> | null = Promise.withResolvers();
  // While catching up, changes wait: a mark set by one of them would hide what lies before it.
  const settle = () => {
    if (ready || waiting.length === 0) return;
    try {
      intake.take(waiting);
      flood = waiting.length >= MANY;
      waiting = [];
    } catch (error) { onError(error); }
  };
  const stops = FED.map((service) => feed.listen(service, (change) => {
    waiting.push(change);
    timer ??= setTimeout(() => { timer = undefined; settle(); }, flood ? TOGETHER_IN_A_FLOOD_MS : TOGETHER_MS).unref();
    if (waiting.length % MOST === 0) settle();
  }));
  const fill = async (onPod: (done: number, of: number) => void) => {
    const pods = source.pods();
    for (const [i, pod] of pods.entries()) { intake.catchUp(pod); onPod(i + 1, pods.length); await breathe(); }
    const { resolve } = ready!;
    ready = null;
    settle();
    resolve();
  };
  return {
    ask: async (question) => {
      while (ready) await ready.promise;
      intake.retry();
      settle();
      try { return question(views); } catch (error) { throw named(error); }
    },
    catchUp: () => fill(() => {}),
    reindex: async (onPod) => {
      while (ready) await ready.promise;
      ready = Promise.withResolvers();
      intake.clear();
      await fill(onPod);
    },
    forget: async (pod) => {
      while (ready) await ready.promise;
      settle();
      intake.forget(pod);
    },
    close: () => { for (const stop of stops) stop(); clearTimeout(timer); settle(); db.close(); },
  };
}

/** The services whose records the views are made of. */
const FED = ['microblog', 'people'];

/** Views may be behind for so long, since whoever asks them settles them first; then many changes share a transaction. */
const TOGETHER_MS = 20;
/* Each time costs a commit and a piece of the index: where more come, more wait for each other. */
const TOGETHER_IN_A_FLOOD_MS = 100;
const MANY = 16;
/* But never for more than these at once: whoever asks waits for all of them. */
const MOST = 128;

const breathe = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
