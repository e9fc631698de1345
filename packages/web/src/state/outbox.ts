import { effect, signal } from '@preact/signals';
import { makeSend } from '@commonhold/sdk';
import { change, inStore, under } from '../offline/database.ts';
import { makeQueue, type Outcome, type Queue, type Shelf, type Write } from '../offline/queue.ts';
import { asPersona } from './client.ts';
import { connection } from './connection.ts';
import { myPersona } from './session.ts';

export type { Outcome, Write } from '../offline/queue.ts';

/** What the reader wrote that the house does not have yet, in order. */
export const unsent = signal<readonly Write[]>([]);

/* The shelf of this browser; where that is off, writes live as long as the page. */
const inMemory = new Map<string, Write>();
const shelf: Shelf = {
  all: async (persona) => [
    ...await inStore('writes', 'readonly', (store) => store.getAll(under(persona)) as IDBRequest<Write[]>).catch(() => []),
    ...[...inMemory.values()].filter((write) => write.persona === persona),
  ],
  put: (write) => change('writes', [write]).catch(() => { inMemory.set(write.key, write); }),
  drop: async (persona, key, order) => {
    if (inMemory.get(key)?.order === order) inMemory.delete(key);
    await inStore('writes', 'readwrite', (store) => {
      const found = store.get([persona, key]) as IDBRequest<Write | undefined>;
      found.addEventListener('success', () => { if (found.result?.order === order) store.delete([persona, key]); });
      return found;
    }).catch(() => undefined);
  },
};

/* Web Locks need https or this machine; elsewhere two tabs may both send, and the key makes one post of it all the same. */
const locked = (name: string) => async (act: () => Promise<void>): Promise<void> => {
  if (navigator.locks) await navigator.locks.request(name, act);
  else await act();
};

const send = makeSend({ fetch: asPersona });
const LONGEST_SEND_MS = 30_000;
const sendWrite = ({ method, path, body, key }: Write): Promise<unknown> => send(path, {
  method, ...(body === undefined ? {} : { body }), ...(method === 'POST' ? { headers: { 'idempotency-key': key } } : {}), signal: AbortSignal.timeout(LONGEST_SEND_MS),
});

interface Told { key?: string; answer?: unknown }

let queue: Queue | null = null;
const ears = new Set<(answer: unknown) => void>();

/** Calls `hear` with what the house answers to each write of this tab, whether somebody waits for it or not. */
export const onSent = (hear: (answer: unknown) => void): void => { ears.add(hear); };

function start(persona: string): () => void {
  const name = `commonhold.outbox.${persona}`;
  const others = new BroadcastChannel(name);
  let wasHere = '';
  const mine = queue = makeQueue({
    persona, shelf, locked: locked(name), send: sendWrite, now: Date.now,
    sent: (key, answer) => {
      others.postMessage({ key, answer } satisfies Told);
      for (const hear of ears) hear(answer);
    },
    tell: (writes) => {
      // What is on the shelf is the same for all tabs: each is told once when it changed.
      const is = writes.map((write) => `${write.key} ${write.order} ${write.state}`).join('\n');
      if (is !== wasHere) others.postMessage({} satisfies Told);
      wasHere = is;
      unsent.value = writes;
    },
    later: (act, ms) => { setTimeout(act, ms); },
  });
  others.onmessage = ({ data }: MessageEvent<Told>) => { void mine.heard(data.key === undefined ? undefined : { key: data.key, answer: data.answer }); };
  void mine.heard().then(() => mine.drain());
  const stop = effect(() => { if (connection.value === 'on') void mine.drain(); });
  return () => { stop(); others.close(); queue = null; unsent.value = []; };
}

/** Opens the queue of whoever is signed in. Call once. */
export function startOutbox(): void {
  effect(() => (myPersona.value ? start(myPersona.value) : undefined));
}

/** A write as it is made: `path` with its parts encoded (`/microblog/posts`), `label` in a few words, `context` the draft it came from. */
export type NewWrite = Pick<Write, 'key' | 'method' | 'path' | 'label'> & { body?: unknown; context?: string };

/**
 * Every write of the app that must neither be lost nor made twice goes through here. It is kept in this browser before it is sent,
 * under a `key` that the caller makes when the writing begins (`randomKey()`; with POST it goes out as the Idempotency-Key) and keeps for
 * every further try. For PUT and DELETE the key names the wish (`like:<persona>/<key>`): a newer wish takes the place of one that waits.
 *
 * Never throws. Answers as soon as it is known:
 * `sent` with the house's answer (undefined when another tab sent it and has closed) ·
 * `waiting` when the house does not answer: it goes out by itself, after a reload too; show it as done, `unsent` lists it for the reader ·
 * `refused` with the `ApiError`: it is in the queue no more, its sentence belongs where it was written.
 * A no that comes only later, when nobody waits for it, stays in `unsent` until the reader edits or drops it.
 */
export async function enqueue<T>(write: NewWrite): Promise<Outcome<T>> {
  if (!queue) return { state: 'waiting' };
  return queue.add<T>(write);
}

/** Takes a write out of the queue, for editing or for good. Null when it is on its way already. */
export const takeBack = async (key: string): Promise<Write | null> => queue?.takeBack(key) ?? null;

/** Tries one again that was turned down. */
export const retryWrite = async (key: string): Promise<void> => queue?.retry(key);

/** What the reader last wished under a key that has not reached the house: 'PUT', 'DELETE', or undefined. */
export const wishOf = (key: string): Write['method'] | undefined => unsent.value.find((write) => write.key === key && write.state !== 'refused')?.method;
