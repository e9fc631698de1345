import { ApiError } from '@commonhold/sdk';

/** Something to be written, as it is kept until the house has it. `order` is its place in line; `context` is for who wrote it. */
export interface Write {
  persona: string; key: string; order: number;
  method: 'POST' | 'PUT' | 'DELETE'; path: string; body?: unknown;
  /** What it is, in a few words. */
  label: string;
  /** Which draft it was, so that its words can go back there. */
  context?: string;
  /** `sending` is for the eye: after a crash it is sent again, under the same key. */
  state: 'waiting' | 'sending' | 'refused';
  /** How often the house failed at it. */
  tries: number;
  /** Why the house said no. */
  refused?: { status: number; code: string; detail: string };
}

/** What became of a write, as far as this page knows: with the house, waiting for it, or turned down. */
export type Outcome<T> = { state: 'sent'; answer: T } | { state: 'waiting' } | { state: 'refused'; error: ApiError };

/** Where writes are kept. `drop` takes one away only if it is still the one of that order: a newer wish stays. */
export interface Shelf {
  all(persona: string): Promise<Write[]>;
  put(write: Write): Promise<void>;
  drop(persona: string, key: string, order: number): Promise<void>;
}

/** What a queue works with. `locked` runs while no other tab does; `tell` hears of every change, `sent` of every answer; `later` calls after `ms`. */
export interface QueuePorts {
  persona: string; shelf: Shelf;
  send: (write: Write) => Promise<unknown>;
  locked: (act: () => Promise<void>) => Promise<void>;
  tell: (writes: readonly Write[]) => void;
  sent: (key: string, answer: unknown) => void;
  later: (act: () => void, ms: number) => void;
  now: () => number;
}

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 60_000;
/* A house that fails at one write this often is not asked about it again by itself: the others go on. */
const MOST_TRIES = 5;
const TOLD_WITHIN_MS = 1000;
/* No answer to the write itself: not signed in, too much at once, somebody else signed in at this browser. */
const LATER: ReadonlySet<number> = new Set([0, 401, 408, 425, 429]);

const mayCome = (error: ApiError, tries: number): boolean => LATER.has(error.status) || error.code === 'other_person' || (error.status >= 500 && tries < MOST_TRIES);
const asApiError = (error: unknown): ApiError => error instanceof ApiError ? error : new ApiError(0, 'unreachable', 'The house did not answer.', { cause: error });

type Settle = (outcome: Outcome<unknown>) => void;

/**
 * One person's writes on their way to the house: kept before they are sent, sent one after the other in the order they were made,
 * by one tab at a time, each under the key it was made with until the house has answered.
 */
export function makeQueue({ persona, shelf, send, locked, tell, sent, later, now }: QueuePorts) {
  const waiters = new Map<string, Settle[]>();
  let last = 0;
  let failures = 0;
  let running: Promise<void> | null = null;
  let again: Promise<void> | null = null;

  const settle = (key: string, outcome: Outcome<unknown>): void => {
    for (const done of waiters.get(key) ?? []) done(outcome);
    waiters.delete(key);
  };
  const inOrder = async (): Promise<Write[]> => (await shelf.all(persona)).sort((a, b) => a.order - b.order);
  const show = async (): Promise<void> => tell(await inOrder());

  /** The house has it, or said no. Somebody who waits for the answer is told; a no that nobody waits for is kept for them. */
  async function turnedDown(write: Write, error: ApiError): Promise<void> {
    if (waiters.has(write.key)) await shelf.drop(persona, write.key, write.order);
    else await shelf.put({ ...write, state: 'refused', refused: { status: error.status, code: error.code, detail: error.detail } });
    settle(write.key, { state: 'refused', error });
  }

  /** Sends one; answers for how long to wait before the next try, or null when it is done with. */
  async function sendOne(write: Write): Promise<number | null> {
    await shelf.put({ ...write, state: 'sending' });
    await show();
    try {
      const answer = await send(write);
      await shelf.drop(persona, write.key, write.order);
      settle(write.key, { state: 'sent', answer });
      sent(write.key, answer);
      failures = 0;
      return null;
    } catch (thrown) {
      const error = asApiError(thrown);
      const tries = write.tries + (error.status >= 500 ? 1 : 0);
      if (!mayCome(error, tries)) { await turnedDown({ ...write, tries }, error); return null; }
      // A newer wish under the same key has taken the place of this one: it is not put back over it.
      const kept = (await inOrder()).find(({ key }) => key === write.key);
      if (kept?.order === write.order) await shelf.put({ ...write, tries, state: 'waiting' });
      return error.retryAfter ? error.retryAfter * 1000 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++);
    } finally { await show(); }
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      const next = (await inOrder()).find(({ state }) => state !== 'refused');
      if (!next) break;
      const wait = await sendOne(next);
      if (wait === null) continue;
      later(() => void drain(), wait);
      break;
    }
    await answerWaiting();
  }

  /** Whoever still waits for an answer hears that it will take longer; what another tab has sent, that tab tells of. */
  async function answerWaiting(): Promise<void> {
    const kept = new Map((await inOrder()).map((write) => [write.key, write]));
    for (const key of [...waiters.keys()]) {
      const write = kept.get(key);
      if (!write) later(() => settle(key, { state: 'sent', answer: undefined }), TOLD_WITHIN_MS);
      else if (write.refused) await turnedDown(write, new ApiError(write.refused.status, write.refused.code, write.refused.detail));
      else settle(key, { state: 'waiting' });
    }
  }

  /** Sends what waits; a call while it is under way looks once more after it. */
  function drain(): Promise<void> {
    if (running) return again ??= running.then(() => { again = null; return drain(); });
    return running = locked(sendAll).finally(() => { running = null; });
  }

  return {
    /** Keeps a write, then sends it as soon as it is its turn. Another under the same key takes its place. */
    async add<T>(write: Pick<Write, 'key' | 'method' | 'path' | 'body' | 'label' | 'context'>): Promise<Outcome<T>> {
      const had = write.method === 'POST' ? (await shelf.all(persona)).find(({ key }) => key === write.key) : undefined;
      last = had?.order ?? Math.max(now(), last + 0.01);
      await shelf.put({ ...write, persona, order: last, state: 'waiting', tries: 0 });
      const outcome = new Promise<Outcome<unknown>>((resolve) => { waiters.set(write.key, [...waiters.get(write.key) ?? [], resolve]); });
      await show();
      void drain();
      return outcome as Promise<Outcome<T>>;
    },
    drain,
    /** Another tab has sent or changed something; `sent` is a write that is with the house now, and its answer. */
    async heard(done?: { key: string; answer: unknown }): Promise<void> {
      if (done) settle(done.key, { state: 'sent', answer: done.answer });
      await show();
    },
    /** Takes a write out of the queue: it is not sent any more. Answers it, or null when it is on its way or gone. */
    async takeBack(key: string): Promise<Write | null> {
      const find = async () => (await shelf.all(persona)).find((one) => one.key === key && one.state !== 'sending');
      if (!await find()) return null;
      let taken: Write | null = null;
      // While nobody sends: it must not go out under the hand that takes it.
      await locked(async () => {
        const write = await find();
        if (!write) return;
        await shelf.drop(persona, key, write.order);
        taken = write;
      });
      await show();
      return taken;
    },
    /** Lets one that was turned down try again. */
    async retry(key: string): Promise<void> {
      const write = (await shelf.all(persona)).find((one) => one.key === key);
      if (!write) return;
      const { refused: _, ...rest } = write;
      await shelf.put({ ...rest, state: 'waiting', tries: 0 });
      await show();
      await drain();
    },
  };
}

/** What `makeQueue` makes. */
export type Queue = ReturnType<typeof makeQueue>;
