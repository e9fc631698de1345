const DATABASE = 'commonhold-kept';

/* Each row is somebody's: the first part of every key is a persona. */
const STORES = {
  /** Answers of the house by address: what screens need to open without it. */
  answers: ['persona', 'path'],
  /** Posts of timelines, so that the last of them can be read without the house. */
  posts: ['persona', 'list', 'id'],
  /** What was written and has not reached the house yet. */
  writes: ['persona', 'key'],
  /** What another app shared with this one, until it is in the composer; nobody's yet. */
  shared: ['persona', 'key'],
} as const;

/** A part of what this browser keeps of a person. */
export type Store = keyof typeof STORES;

const answered = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => {
  request.addEventListener('success', () => resolve(request.result), { once: true });
  request.addEventListener('error', () => reject(request.error), { once: true });
});

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  return opened ??= (async () => {
    const request = indexedDB.open(DATABASE, 1);
    request.addEventListener('upgradeneeded', () => {
      for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath: [...keyPath] });
    });
    const db = await answered(request);
    // Another tab with a newer app, or the browser itself, may want it closed: the next question opens it anew.
    const closed = () => { opened = null; };
    db.addEventListener('versionchange', () => { db.close(); closed(); });
    db.addEventListener('close', closed);
    return db;
  })().catch((error: unknown) => { opened = null; throw error; });
}

/** All keys that begin with these parts. */
export const under = (...parts: string[]): IDBKeyRange => IDBKeyRange.bound(parts, [...parts, []]);

/** One transaction over a store; answers what `act` asked for once it is on disk. Rejects where the browser keeps nothing. */
export async function inStore<T>(name: Store, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const tx = (await open()).transaction(name, mode);
  const done = new Promise<void>((resolve, reject) => {
    tx.addEventListener('complete', () => resolve(), { once: true });
    tx.addEventListener('abort', () => reject(tx.error), { once: true });
  });
  done.catch(() => undefined);
  const value = await answered(act(tx.objectStore(name)));
  await done;
  return value;
}

/** Puts rows and takes keys away in one transaction. */
export async function change(name: Store, puts: readonly object[], deletes: readonly IDBValidKey[] = []): Promise<void> {
  if (puts.length + deletes.length === 0) return;
  await inStore(name, 'readwrite', (store) => {
    for (const key of deletes) store.delete(key);
    for (const row of puts) store.put(row);
    return store.count();
  });
}

async function erase(persona: string, stores: readonly Store[]): Promise<void> {
  for (const name of stores) await inStore(name, 'readwrite', (store) => store.delete(under(persona))).catch(() => undefined);
}

/** Erases what this browser keeps of one person for reading. */
export const eraseRead = (persona: string): Promise<void> => erase(persona, ['answers', 'posts']);

/** Erases all that this browser keeps of one person, writes that did not go out included. */
export const eraseKept = (persona: string): Promise<void> => erase(persona, Object.keys(STORES) as Store[]);
