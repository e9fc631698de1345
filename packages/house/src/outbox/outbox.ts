import { Refusal } from '@commonhold/core';
import type { OutboxStore } from '../firewall/outbox.ts';
import type { ProvedOffer } from '../firewall/transactor.ts';
import type { Waiting } from '../firewall/effect.ts';

/** Takes an offer into its owner's pod; throws when it cannot. */
export type Receive = (author: string, proved: ProvedOffer) => Promise<void>;

/**
 * Delivers effects on others: at least once, in order per author and target, applied once by their keys.
 * Who cannot be reached now is tried again, later and later; a refusal is an answer and ends the effect. While a block lies between
 * the two, what the author takes back or changes waits: it must be gone or changed there, too, when the block ends.
 */
export interface Outbox {
  /** Something may be waiting in this pod. */
  wake(pod: string): void;
  /** How many pods hold something that waits for another try. */
  waiting(): number;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

interface Deps {
  store: OutboxStore;
  /** Who takes an offer of `service/collection`. */
  receivers: ReadonlyMap<string, Receive>;
  /** Hears of a refusal before the effect ends, on the author's side; what it throws is tried again with the effect. */
  onRefused?: (waiting: Waiting, refusal: Refusal) => Promise<void>;
  now(): number;
  onError(error: unknown): void;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 3_600_000;
/** After trouble of our own: a disk that was full may have room again. */
const TROUBLED_MS = 20_000;

/** Starts with nothing to do; `wake` it for each pod at boot. */
export function makeOutbox(deps: Deps): Outbox {
  const due = new Set<string>();
  const timers = new Map<string, NodeJS.Timeout>();
  let running: Promise<void> | null = null;
  let open = true;
  const work = async () => {
    for (const pod of due) {
      due.delete(pod);
      const wait = open ? await deliverPod(deps, pod).catch(later) : null;
      if (wait !== null) rest(pod, wait);
    }
  };
  const later = (error: unknown) => { deps.onError(error); return TROUBLED_MS; };
  const rest = (pod: string, ms: number) => {
    clearTimeout(timers.get(pod));
    timers.set(pod, setTimeout(() => { timers.delete(pod); wake(pod); }, ms).unref());
  };
  const wake = (pod: string) => {
    if (!open) return;
    due.add(pod);
    running ??= work().finally(() => {
      running = null;
      const next = due.values().next();
      if (!next.done) wake(next.value);
    });
  };
  const idle = async () => { while (running) await running; };
  return {
    wake,
    waiting: () => timers.size,
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
  const held = new Map<string, number>();
  let done = 0;
  // All of it, some at a time: whoever cannot be reached keeps nobody else waiting, however much there is for them.
  for (let some = deps.store.waiting(pod); some.length > 0; some = deps.store.waiting(pod, some.at(-1)!.id)) {
    for (const waiting of some) {
      if (held.has(waiting.target)) continue;
      // No wait is as long as that: the clock was set back since.
      const left = waiting.next - deps.now();
      const wait = left > 0 && left <= LONGEST_WAIT_MS ? left : await tryOne(deps, pod, waiting);
      if (wait !== null) held.set(waiting.target, wait);
      else done++;
    }
  }
  if (done > 0) return deliverPod(deps, pod);
  return held.size > 0 ? Math.min(...held.values()) : null;
}

async function tryOne(deps: Deps, pod: string, waiting: Waiting): Promise<number | null> {
  // Not an attempt: whoever is woken by the end of the block or of the move tries at once.
  if ((waiting.effect.op === 'remove' && deps.store.apart(waiting)) || deps.store.moving(waiting)) return LONGEST_WAIT_MS;
  try {
    await deliver(deps, waiting).catch(async (error: unknown) => {
      if (isAnswer(error)) await deps.onRefused?.(waiting, error);
      throw error;
    });
  } catch (error) {
    deps.onError(error);
    if (!isAnswer(error)) {
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(waiting.tries, 20));
      await deps.store.later(pod, waiting.id, deps.now() + wait);
      return wait;
    }
  }
  await deps.store.done(pod, waiting.id);
  return null;
}

const PASSING = ['unavailable', 'rate_limited'];

// Any other refusal would be the same next time.
const isAnswer = (error: unknown): error is Refusal => error instanceof Refusal && !PASSING.includes(error.kind);

// Somebody who is no longer at home here cannot be told: the effect ends there.
async function deliver({ store, receivers }: Deps, waiting: Waiting): Promise<void> {
  const proved = store.offerOf(waiting);
  const receive = receivers.get(`${waiting.effect.service}/${waiting.effect.collection}`);
  if (proved && receive) await receive(waiting.author, proved);
}
