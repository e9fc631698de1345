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
  /** It did not get through at least once: the reader is told of it. */
  missed?: boolean;
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

/* What a queue is made of: who waits for which answer, and how often in a row the house did not answer. */
interface Line extends QueuePorts { waiters: Map<string, Settle[]>; failures: number; drain: () => Promise<void> }

function settle({ waiters }: Line, key: string, outcome: Outcome<unknown>): void {
  for (const done of waiters.get(key) ?? []) done(outcome);
  waiters.delete(key);
}

const inOrder = async ({ shelf, persona }: Line): Promise<Write[]> => (await shelf.all(persona)).sort((a, b) => a.order - b.order);
const show = async (line: Line): Promise<void> => line.tell(await inOrder(line));
const find = async (line: Line, key: string): Promise<Write | undefined> => (await line.shelf.all(line.persona)).find((write) => write.key === key);

/** The house said no. Somebody who waits for the answer is told; a no that nobody waits for is kept for them. */
async function turnedDown(line: Line, write: Write, error: ApiError): Promise<void> {
  if (line.waiters.has(write.key)) await line.shelf.drop(line.persona, write.key, write.order);
  else await line.shelf.put({ ...write, state: 'refused', refused: { status: error.status, code: error.code, detail: error.detail } });
  settle(line, write.key, { state: 'refused', error });
}

/** It did not get through: what to do with it, and how long to wait before the next try; null when it is done with. */
async function failed(line: Line, write: Write, error: ApiError): Promise<number | null> {
  const tries = write.tries + (error.status >= 500 ? 1 : 0);
  if (!mayCome(error, tries)) { await turnedDown(line, { ...write, tries }, error); return null; }
  // A newer wish under the same key has taken the place of this one: it is not put back over it.
  if ((await find(line, write.key))?.order === write.order) await line.shelf.put({ ...write, tries, missed: true, state: 'waiting' });
  return error.retryAfter ? error.retryAfter * 1000 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** line.failures++);
}

/** Sends one; answers for how long to wait before the next try, or null when it is done with. */
async function sendOne(line: Line, write: Write): Promise<number | null> {
  await line.shelf.put({ ...write, state: 'sending' });
  await show(line);
  try {
    const answer = await line.send(write);
    await line.shelf.drop(line.persona, write.key, write.order);
    settle(line, write.key, { state: 'sent', answer });
    line.sent(write.key, answer);
    line.failures = 0;
    return null;
  } catch (error) {
    return await failed(line, write, asApiError(error));
  } finally { await show(line); }
}

async function sendAll(line: Line): Promise<void> {
  for (;;) {
    const next = (await inOrder(line)).find(({ state }) => state !== 'refused');
    if (!next) break;
    const wait = await sendOne(line, next);
    if (wait === null) continue;
    line.later(() => void line.drain(), wait);
    break;
  }
  await answerWaiting(line);
}

/** Whoever still waits for an answer hears that it will take longer; what another tab has sent, that tab tells of. */
async function answerWaiting(line: Line): Promise<void> {
  const kept = new Map((await inOrder(line)).map((write) => [write.key, write]));
  for (const key of Array.from(line.waiters.keys())) {
    const write = kept.get(key);
    if (!write) line.later(() => settle(line, key, { state: 'sent', answer: undefined }), TOLD_WITHIN_MS);
    else if (write.refused) await turnedDown(line, write, new ApiError(write.refused.status, write.refused.code, write.refused.detail));
    else settle(line, key, { state: 'waiting' });
  }
}

/** Takes one out while nobody sends: it must not go out under the hand that takes it. */
async function takeOut(line: Line, key: string): Promise<Write | null> {
  let taken: Write | null = null;
  if ((await find(line, key))?.state === 'sending') return null;
  await line.locked(async () => {
    const write = await find(line, key);
    if (!write) return;
    await line.shelf.drop(line.persona, key, write.order);
    taken = write;
  });
  await show(line);
  return taken;
}

/** Sends what waits, one caller at a time; a call while it is under way looks once more after it. */
function makeDrain(line: Line): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again: Promise<void> | null = null;
  return function drain(): Promise<void> {
    if (running) return again ??= running.then(() => { again = null; return drain(); });
    return running = line.locked(() => sendAll(line)).finally(() => { running = null; });
  };
}

/**
 * One person's writes on their way to the house: kept before they are sent, sent one after the other in the order they were made,
 * by one tab at a time, each under the key it was made with until the house has answered.
 */
export function makeQueue(ports: QueuePorts) {
  const line: Line = { ...ports, waiters: new Map(), failures: 0, drain: async () => undefined };
  const drain = line.drain = makeDrain(line);
  const { persona, shelf } = line;
  let last = 0;
  return {
    /** Keeps a write, then sends it as soon as it is its turn. Another under the same key takes its place. */
    async add<T>(write: Pick<Write, 'key' | 'method' | 'path' | 'body' | 'label' | 'context'>): Promise<Outcome<T>> {
      const had = write.method === 'POST' ? await find(line, write.key) : undefined;
      last = had?.order ?? Math.max(line.now(), last + 0.01);
      await shelf.put({ ...write, persona, order: last, state: 'waiting', tries: 0 });
      const outcome = new Promise<Outcome<unknown>>((resolve) => { line.waiters.set(write.key, [...line.waiters.get(write.key) ?? [], resolve]); });
      await show(line);
      void drain();
      return outcome as Promise<Outcome<T>>;
    },
    drain,
    /** Another tab has sent or changed something; `done` is a write that is with the house now, and its answer. */
    async heard(done?: { key: string; answer: unknown }): Promise<void> {
      if (done) settle(line, done.key, { state: 'sent', answer: done.answer });
      await show(line);
    },
    /** Takes a write out of the queue: it is not sent any more. Answers it, or null when it is on its way or gone. */
    takeBack: (key: string): Promise<Write | null> => takeOut(line, key),
    /** Lets one that was turned down try again. */
    async retry(key: string): Promise<void> {
      const write = await find(line, key);
      if (!write) return;
      const { refused: _, ...rest } = write;
      await shelf.put({ ...rest, state: 'waiting', tries: 0 });
      await show(line);
      await drain();
    },
  };
}

/** What `makeQueue` makes. */
export type Queue = ReturnType<typeof makeQueue>;
