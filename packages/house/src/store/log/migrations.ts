import type { Migration } from '../../sqlite/migrate.ts';

/**
 * `counts`: housemates' ordinary reading, a number per day and audience, no names.
 * `named`: services, strangers' writes and all refusals, one line per caller and day with how often.
 */
const first: Migration = (db) => db.exec(`
  CREATE TABLE counts (
    persona TEXT NOT NULL, day INTEGER NOT NULL, service TEXT NOT NULL, collection TEXT NOT NULL, audience TEXT NOT NULL, verb TEXT NOT NULL,
    n INTEGER NOT NULL, PRIMARY KEY (persona, day, service, collection, audience, verb)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE named (
    persona TEXT NOT NULL, day INTEGER NOT NULL, caller TEXT NOT NULL, service TEXT NOT NULL, collection TEXT NOT NULL, verb TEXT NOT NULL,
    refused INTEGER NOT NULL, rule TEXT NOT NULL, n INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (persona, day, caller, service, collection, verb, refused, rule)
  ) STRICT, WITHOUT ROWID;
`);

/** Who was counted: housemates or visitors. How long each person's lines are kept, where they said so. */
const whoAndHowLong: Migration = (db) => db.exec(`
  ALTER TABLE counts RENAME TO counts_before;
  CREATE TABLE counts (
    persona TEXT NOT NULL, day INTEGER NOT NULL, who TEXT NOT NULL, service TEXT NOT NULL, collection TEXT NOT NULL, audience TEXT NOT NULL,
    verb TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (persona, day, who, service, collection, audience, verb)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO counts SELECT persona, day, 'housemates', service, collection, audience, verb, n FROM counts_before;
  DROP TABLE counts_before;
  CREATE TABLE settings (persona TEXT PRIMARY KEY, keep_days INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`);

/** Nonces of signed requests, until their signatures have expired. */
const nonces: Migration = (db) => db.exec('CREATE TABLE nonces (key TEXT NOT NULL, nonce TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (key, nonce)) STRICT, WITHOUT ROWID');

/** Every step of `log.db`, in order. */
export const logMigrations: readonly Migration[] = [first, whoAndHowLong, nonces];
