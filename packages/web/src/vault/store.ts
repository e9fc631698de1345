/** What this browser keeps of one persona: the only copy of its device key, and the words' entropy until written down. */
export interface Kept {
  persona: string;
  /** Ed25519 seed of this browser's own device, 32 bytes. */
  deviceSeed: Uint8Array;
  /** Public half of the above, base64url, so that lists can mark this device without any cryptography. */
  deviceKey: string;
  /** BIP39 entropy, 32 bytes; taken away once the person has the words on paper. */
  entropy?: Uint8Array;
  /** Entropy of new words, from before the house is told of them until it has said yes or no. */
  next?: Uint8Array;
  /** Persona id of the house that the persona lives in. */
  house: string;
}

const DATABASE = 'commonhold';
const STORE = 'personas';

const answered = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => {
  request.addEventListener('success', () => resolve(request.result), { once: true });
  request.addEventListener('error', () => reject(request.error), { once: true });
});

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.addEventListener('upgradeneeded', () => { request.result.createObjectStore(STORE, { keyPath: 'persona' }); });
  return answered(request);
}

async function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  try {
    const tx = db.transaction(STORE, mode, { durability: 'strict' });
    const done = new Promise<void>((resolve, reject) => {
      tx.addEventListener('complete', () => resolve(), { once: true });
      tx.addEventListener('abort', () => reject(tx.error), { once: true });
    });
    const value = await answered(act(tx.objectStore(STORE)));
    await done;
    return value;
  } finally { db.close(); }
}

/** Keeps a persona's keys on this device; resolves once they are on disk. Rejects where the browser keeps nothing. */
export const keep = (kept: Kept): Promise<void> => inStore('readwrite', (store) => store.put(kept)).then(() => undefined);

/** What this browser keeps of a persona; undefined when nothing, or when the browser keeps nothing at all. */
export const kept = (persona: string): Promise<Kept | undefined> =>
  inStore('readonly', (store) => store.get(persona) as IDBRequest<Kept | undefined>).catch(() => undefined);

/** A key made here that another device has yet to add; kept under the link's name, so that a reload goes on waiting. */
export interface Asking { deviceSeed: Uint8Array; deviceKey: string; /** Shows the house, once, that this browser asked. */ token: string }

const asking = (link: string): string => `link/${link}`;

/** Keeps what a browser asks with, until it is added or told no. */
export const keepAsking = (link: string, ask: Asking): Promise<void> =>
  inStore('readwrite', (store) => store.put({ ...ask, persona: asking(link) })).then(() => undefined);

/** What this browser asked with; undefined when it did not. */
export const askedBy = (link: string): Promise<Asking | undefined> =>
  inStore('readonly', (store) => store.get(asking(link)) as IDBRequest<Asking | undefined>).catch(() => undefined);

/** Forgets it. */
export const endAsking = (link: string): Promise<void> => forget(asking(link));

/** Forgets a persona that never moved in, so that a refused try leaves no keys behind. */
export const forget = (persona: string): Promise<void> =>
  inStore('readwrite', (store) => store.delete(persona)).catch(() => undefined);

/** Drops the entropy of the recovery words; the device key stays. */
export async function dropWords(persona: string): Promise<void> {
  const now = await kept(persona);
  if (!now) return;
  const { entropy: _gone, ...rest } = now;
  await keep(rest);
}
