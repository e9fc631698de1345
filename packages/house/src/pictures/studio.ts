import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Refusal } from '@commonhold/core';
import type { Made, Order } from './render.ts';
import type { Answer } from './worker.ts';

/**
 * Makes pictures in processes of their own, at most two at a time and each person in turn: what somebody sent can use up or bring
 * down such a process, and the house goes on.
 */
export interface Studio {
  /** Refuses `image_unreadable`, `image_too_big`, `images_not_here`, `closed`. */
  make(who: string, order: Order): Promise<Made>;
  /** Ends what is under way. */
  close(): void;
}

const AT_ONCE = 2;
/** A picture that takes longer is none that anybody took. */
const PATIENCE_MS = 40_000;
/** A process without work is kept for so long. */
const IDLE_MS = 20_000;

interface Bench { child: ChildProcess; idle?: NodeJS.Timeout }

/** What its processes run, and how long one picture may take. */
interface Means { worker?: URL; patienceMs?: number }

/** Starts nothing before it is needed. */
export function makeStudio({ worker = new URL('worker.ts', import.meta.url), patienceMs = PATIENCE_MS }: Means = {}): Studio {
  const free: Bench[] = [], taken = new Set<Bench>(), inTurn = makeLine(AT_ONCE);
  let closed = false;
  // One that has ended by itself is nobody's.
  const take = (): Bench | undefined => {
    const bench = free.pop();
    return bench && !bench.child.connected ? take() : bench;
  };
  const work = async (order: Order): Promise<Made> => {
    if (closed) throw closing();
    const bench = take() ?? begin(worker);
    clearTimeout(bench.idle);
    taken.add(bench);
    const answer = await ask(bench.child, order, patienceMs);
    taken.delete(bench);
    if (!answer || closed) { bench.child.kill('SIGKILL'); throw closed ? closing() : faultOf('image_unreadable'); }
    bench.idle = setTimeout(() => { const at = free.indexOf(bench); if (at >= 0) free.splice(at, 1); bench.child.kill(); }, IDLE_MS).unref();
    free.push(bench);
    if ('made' in answer) return answer.made;
    throw faultOf(answer.fault);
  };
  return {
    make: (who, order) => inTurn(who, () => work(order)),
    close: () => {
      closed = true;
      for (const { child, idle } of [...free.splice(0), ...taken]) { clearTimeout(idle); child.kill('SIGKILL'); }
    },
  };
}

/** So many at once; next is whoever has the fewest under way, and of those the one who has waited longest. */
function makeLine(most: number): <T>(who: string, work: () => Promise<T>) => Promise<T> {
  const waiting: { who: string; begin(): void }[] = [], under: string[] = [];
  const has = (who: string): number => under.filter((one) => one === who).length;
  const next = (): void => {
    if (under.length >= most || waiting.length === 0) return;
    const fewest = Math.min(...waiting.map(({ who }) => has(who)));
    const [{ who, begin: start }] = waiting.splice(waiting.findIndex((one) => has(one.who) === fewest), 1) as [typeof waiting[number]];
    under.push(who);
    start();
  };
  return async (who, work) => {
    await new Promise<void>((resolve) => { waiting.push({ who, begin: resolve }); next(); });
    try { return await work(); } finally { under.splice(under.indexOf(who), 1); next(); }
  };
}

function begin(worker: URL): Bench {
  const child = fork(worker, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: ['--disable-warning=ExperimentalWarning'], serialization: 'json' });
  // Whoever waits for it hears of its end; while nobody does, it is no trouble.
  child.on('error', () => {});
  child.unref();
  child.channel?.unref();
  return { child };
}

/** What a process says of an order; null when it ended or took too long. */
async function ask(child: ChildProcess, order: Order, patienceMs: number): Promise<Answer | null> {
  if (!child.connected) return null;
  const done = new AbortController();
  const { signal } = done;
  const patience = setTimeout(() => done.abort(), patienceMs);
  // While somebody waits for it, so does the house.
  child.channel?.ref();
  try {
    child.send(order, () => {});
    const said = await Promise.race([once(child, 'message', { signal }), once(child, 'exit', { signal }).then(() => null), once(child, 'error', { signal }).then(() => null)]);
    return said === null ? null : said[0] as Answer;
  } catch { return null; } finally { clearTimeout(patience); child.channel?.unref(); done.abort(); }
}

const closing = (): Refusal => new Refusal('unavailable', 'closed', 'The house is closing. Nothing was changed.');

function faultOf(fault: 'image_unreadable' | 'image_too_big' | 'not_here'): Refusal {
  if (fault === 'image_too_big') return new Refusal('too_big', 'image_too_big', 'This picture is too large to be shown.', { expected: 'at most 12,000 pixels a side and 60 million in all' });
  if (fault === 'image_unreadable') return new Refusal('invalid', 'image_unreadable', 'This picture cannot be read. It may be damaged, or cut short.');
  return new Refusal('unavailable', 'images_not_here', 'This house has no program for pictures on its machine. Everything else works.');
}
