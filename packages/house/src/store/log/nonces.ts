import type { Sqlite } from '../../sqlite/port.ts';

/** Nonces of signed requests, kept for as long as the signature lives, also across a restart. */
export interface Nonces {
  /** Takes a nonce of a key, once; false for one that was taken before. `until` in ms: after that its signature is nothing any more. */
  take(key: string, nonce: string, until: number): boolean;
}

const TIDY_MS = 60_000;

/** Over `log.db`. `now` in ms; `nameOf`: what a key is called there, so that the file tells nobody which services were here. */
export function makeNonces(db: Sqlite, now: () => number, nameOf: (key: string) => string): Nonces {
  const put = db.prepare('INSERT OR IGNORE INTO nonces (key, nonce, until) VALUES (?, ?, ?)');
  const forget = db.prepare('DELETE FROM nonces WHERE until <= ?');
  let tidied = 0;
  return {
    take: (key, nonce, until) => {
      if (Math.abs(now() - tidied) > TIDY_MS) {
        tidied = now();
        forget.run(tidied);
      }
      return put.run(nameOf(key), nonce, until).changes === 1;
    },
  };
}
