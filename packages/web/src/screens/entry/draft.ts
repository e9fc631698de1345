/** A half-filled form that survives a refresh in this tab, and nothing else. Secrets never go in. */
export interface DraftStore<T> {
  read(): T;
  write(value: T): void;
  clear(): void;
}

/** Keeps a draft in the tab's session storage under `name`; falls back to `empty` where it is missing, foreign or blocked. */
export function makeDraft<T extends object>(name: string, empty: T, storage: Storage | undefined = tabStorage()): DraftStore<T> {
  const key = `commonhold.${name}`;
  return {
    read: () => {
      try {
        const found: unknown = JSON.parse(storage?.getItem(key) ?? 'null');
        return typeof found === 'object' && found !== null ? { ...empty, ...found } : empty;
      } catch { return empty; }
    },
    write: (value) => { try { storage?.setItem(key, JSON.stringify(value)); } catch { /* full or blocked: a refresh starts over */ } },
    clear: () => { try { storage?.removeItem(key); } catch { /* nothing was kept */ } },
  };
}

function tabStorage(): Storage | undefined {
  try { return globalThis.sessionStorage; } catch { return undefined; }
}
