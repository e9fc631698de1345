import type { OutboxStore } from '../firewall/outbox.ts';
import type { ProvedOffer } from '../firewall/transactor.ts';
import type { Waiting } from './effect.ts';

/** Takes an offer into its owner's pod; throws when it cannot. */
export type Receive = (author: string, proved: ProvedOffer) => Promise<void>;

/** Delivers effects on others: at least once, in order per author, applied once by their keys. */
export interface Outbox {
  /** Something may be waiting in this pod. */
  wake(pod: string): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

interface Deps {
  store: OutboxStore;
  /** Who takes an offer of `service/collection`. */
  receivers: ReadonlyMap<string, Receive>;
  now(): number;
  onError(error: unknown): void;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 3_600_000;

/** Starts with nothing to do; `wake` it for each pod at boot. */
export function makeOutbox(deps: Deps): Outbox {
  const due = new Set<string>();
  const timers = new Map<string, NodeJS.Timeout>();
  let running: Promise<void> | null = null;
  let open = true;
  const work = async () => {
    for (const pod of due) {
      due.delete(pod);
      const wait = open ? await deliverPod(deps, pod) : null;
      if (wait !== null) rest(pod, wait);
    }
  };
  const rest = (pod: string, ms: number) => {
    clearTimeout(timers.get(pod));
    timers.set(pod, setTimeout(() => { timers.delete(pod); wake(pod); }, ms).unref());
  };
  const wake = (pod: string) => {
    if (!open) return;
    due.add(pod);
    running ??= work().catch(deps.onError).finally(() => {
      running = null;
      const next = due.values().next();
      if (!next.done) wake(next.value);
    });
  };
  const idle = async () => { while (running) await running; };
  return {
    wake,
    idle,
    close: async () => {
      open = false;
      for (const timer of timers.values()) clearTimeout(timer);
      await idle();
    },
  };
}

/** Delivers what waits in one pod; the milliseconds until the next try, or null when nothing is left. */
async function deliverPod(deps: Deps, pod: string): Promise<number | null> {
  for (const waiting of deps.store.waiting(pod)) {
    if (waiting.next > deps.now()) return waiting.next - deps.now();
    try {
      await deliver(deps, waiting);
      await deps.store.done(pod, waiting.id);
    } catch (error) {
      deps.onError(error);
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(waiting.tries, 20));
      await deps.store.later(pod, waiting.id, deps.now() + wait);
      return wait;
    }
  }
  return deps.store.waiting(pod).length > 0 ? 0 : null;
}

// Somebody who is no longer at home here cannot be told: the effect ends there.
async function deliver({ store, receivers }: Deps, waiting: Waiting): Promise<void> {
  const proved = store.offerOf(waiting);
  const receive = receivers.get(`${waiting.effect.service}/${waiting.effect.collection}`);
  if (proved && receive) await receive(waiting.author, proved);
}
