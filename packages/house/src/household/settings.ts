import type { Sqlite } from '../sqlite/port.ts';

/** A way in that was made for somebody; `hash`: SHA-256 of what opens it, `until` in ms. */
export interface WayIn { hash: string; until: number }

/** What the house remembers about itself, each a JSON value in house.db; other parts declare here what they have it remember for them. */
export interface SettingValues {
  title: string;
  note: string;
  rules: string[];
  /** The one-time code, until it has been used. */
  setupCode: string;
  /** Most bytes of the pictures and files of one pod. */
  blobBytes: number;
  /** How many characters a post may have. */
  postLimit: number;
  /** Whether the address of the house itself shows a page to whoever is not signed in. */
  front: boolean;
  /** Only in a made-up house: the persona as whom anybody may look around. */
  guest: string;
  /** Ways in for those who lost their passphrase, by persona. */
  waysIn: Readonly<Record<string, WayIn>>;
  /** Whether the network was let in. */
  lan: boolean;
}

/** Reads and writes settings. */
export interface Settings {
  get<K extends keyof SettingValues>(key: K): SettingValues[K] | null;
  set<K extends keyof SettingValues>(key: K, value: SettingValues[K] | null): void;
}

/** Settings over house.db; call `set` inside the transaction it belongs to. */
export function makeSettings(db: Sqlite): Settings {
  const read = db.prepare<{ value: string }>('SELECT value FROM settings WHERE key = ?');
  const write = db.prepare('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  const erase = db.prepare('DELETE FROM settings WHERE key = ?');
  // As they stand in the file; what a write has not committed may yet be undone, so nothing is kept meanwhile.
  const kept = new Map<string, string | null>();
  const textOf = (key: string): string | null => {
    const had = kept.get(key);
    if (had !== undefined) return had;
    const text = read.get(key)?.value ?? null;
    if (!db.inTransaction) kept.set(key, text);
    return text;
  };
  return {
    get(key) {
      const text = textOf(key);
      return text === null ? null : (JSON.parse(text) as SettingValues[typeof key]);
    },
    set(key, value) {
      kept.delete(key);
      if (value === null) erase.run(key);
      else write.run(key, JSON.stringify(value));
    },
  };
}
