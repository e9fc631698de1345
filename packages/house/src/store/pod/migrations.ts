import { createHash } from 'node:crypto';
import { canonical, isObject, toBase64Url, type Json } from '@commonhold/core';
import type { Migration } from '../../sqlite/migrate.ts';

/**
 * The schema of a pod file. `ref` numbers are local to the file and never leave it.
 * `lanes` hold their own head, `entries` are the signed chain, `rows` the winners by key;
 * a row's `pos` grows with every change, so "what is new since" is one range scan.
 * A write should touch few pages, since each of them goes through the log to the disk: so the clock lies beside the head.
 */
const first: Migration = (db) => db.exec(`
  CREATE TABLE personas (
    ref INTEGER PRIMARY KEY, persona TEXT NOT NULL UNIQUE, device TEXT NOT NULL
  ) STRICT;
  CREATE TABLE statements (
    persona INTEGER NOT NULL REFERENCES personas, height INTEGER NOT NULL, signed TEXT NOT NULL, seen INTEGER NOT NULL,
    PRIMARY KEY (persona, height)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE contracts (
    persona INTEGER NOT NULL REFERENCES personas, service TEXT NOT NULL, hash TEXT NOT NULL, contract TEXT NOT NULL,
    joined TEXT NOT NULL, narrowing TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (persona, service)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE lanes (
    ref INTEGER PRIMARY KEY, persona INTEGER NOT NULL REFERENCES personas, service TEXT NOT NULL, collection TEXT NOT NULL,
    audience TEXT NOT NULL, device TEXT NOT NULL, lane BLOB NOT NULL UNIQUE, announcement TEXT NOT NULL,
    seq INTEGER NOT NULL, chain BLOB NOT NULL, clock TEXT NOT NULL
  ) STRICT;
  CREATE TABLE entries (
    lane INTEGER NOT NULL REFERENCES lanes, seq INTEGER NOT NULL, id BLOB NOT NULL, sig BLOB, head TEXT, envelope TEXT,
    PRIMARY KEY (lane, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE rows (
    pos INTEGER PRIMARY KEY, persona INTEGER NOT NULL REFERENCES personas, service TEXT NOT NULL,
    collection TEXT NOT NULL, key TEXT NOT NULL, lane INTEGER NOT NULL REFERENCES lanes, seq INTEGER NOT NULL,
    at TEXT NOT NULL, rev INTEGER NOT NULL, op TEXT NOT NULL, id BLOB NOT NULL, author TEXT, body TEXT, salt BLOB, offer TEXT
  ) STRICT;
  CREATE UNIQUE INDEX rows_key ON rows (persona, service, collection, key);
  CREATE TABLE once (
    persona INTEGER NOT NULL REFERENCES personas, key TEXT NOT NULL, request BLOB NOT NULL, answer TEXT NOT NULL, made INTEGER NOT NULL,
    PRIMARY KEY (persona, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT, persona INTEGER NOT NULL REFERENCES personas, target TEXT NOT NULL,
    effect TEXT NOT NULL, made INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, next INTEGER NOT NULL
  ) STRICT;
`);

/** Versions of contracts that were joined before: records name them, so they leave with an export. */
const earlierContracts: Migration = (db) => db.exec(`
  CREATE TABLE earlier_contracts (
    persona INTEGER NOT NULL REFERENCES personas, service TEXT NOT NULL, hash TEXT NOT NULL, contract TEXT NOT NULL, joined TEXT NOT NULL,
    PRIMARY KEY (persona, service, hash)
  ) STRICT, WITHOUT ROWID;
`);

/** When a record left an audience: whoever comes back after an absence is told that it is gone for them. */
const moves: Migration = (db) => db.exec(`
  CREATE TABLE moves (
    persona INTEGER NOT NULL REFERENCES personas, service TEXT NOT NULL, collection TEXT NOT NULL, key TEXT NOT NULL, audience TEXT NOT NULL, pos INTEGER NOT NULL,
    PRIMARY KEY (persona, service, collection, key, audience)
  ) STRICT, WITHOUT ROWID;
`);

/**
 * Every statement of a persona that was ever good where it stands, losers too, by its hash and with the moment at which it was first
 * seen; and how far the revokers of devices vouch for their lanes. `head`: the statement that revoked the device.
 */
const statementsByHash: Migration = (db) => {
  db.exec(`
    ALTER TABLE statements RENAME TO statements_by_height;
    CREATE TABLE statements (
      persona INTEGER NOT NULL REFERENCES personas, hash TEXT NOT NULL, height INTEGER NOT NULL, signed TEXT NOT NULL, seen INTEGER NOT NULL,
      PRIMARY KEY (persona, hash)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE closes (
      persona INTEGER NOT NULL REFERENCES personas, device TEXT NOT NULL, lane TEXT NOT NULL, head TEXT NOT NULL,
      seq INTEGER NOT NULL, chain TEXT NOT NULL, signed TEXT NOT NULL,
      PRIMARY KEY (persona, device, lane, head)
    ) STRICT, WITHOUT ROWID;
  `);
  const put = db.prepare('INSERT INTO statements (persona, hash, height, signed, seen) VALUES (?,?,?,?,?)');
  const all = db.prepare<{ persona: number; height: number; signed: string; seen: number }>('SELECT persona, height, signed, seen FROM statements_by_height').all();
  for (const { persona, height, signed, seen } of all) put.run(persona, hashOf(signed), height, signed, seen);
  db.exec('DROP TABLE statements_by_height');
};

// What is damaged keeps a place of its own: opening the pod tells of it.
function hashOf(signed: string): string {
  const digest = (text: string): string => toBase64Url(createHash('sha256').update(text).digest());
  try {
    const { statement } = JSON.parse(signed) as { statement: unknown };
    return isObject(statement) ? digest(canonical(statement as Json)) : digest(signed);
  } catch { return digest(signed); }
}

/** Blobs that were received, and which records name them; the bytes lie beside the file. */
const blobs: Migration = (db) => db.exec(`
  CREATE TABLE blobs (
    persona INTEGER NOT NULL REFERENCES personas, service TEXT NOT NULL, blob TEXT NOT NULL, bytes INTEGER NOT NULL, made INTEGER NOT NULL,
    PRIMARY KEY (persona, service, blob)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX blobs_blob ON blobs (blob);
  CREATE TABLE blob_names (
    persona INTEGER NOT NULL REFERENCES personas, service TEXT NOT NULL, collection TEXT NOT NULL, key TEXT NOT NULL, blob TEXT NOT NULL,
    PRIMARY KEY (persona, service, collection, key, blob)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX blob_names_blob ON blob_names (persona, service, blob);
`);

/**
 * What comes with other devices. `conflicts`: records that lost against one that was made without knowing of them, until somebody
 * chooses; `replaced`: ids that something here was built on before they came; `parked`: checked entries that do not count yet, after
 * the head of their lane; `removals`: offers of removes that something later beat. `locals`: rows that are neither signed nor sent
 * on, their `pos` among those of `rows`. `taken`: offers that were taken, until they expire.
 */
const devices: Migration = (db) => db.exec(`
  CREATE TABLE conflicts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, persona INTEGER NOT NULL REFERENCES personas, service TEXT NOT NULL, collection TEXT NOT NULL, key TEXT NOT NULL,
    lane INTEGER NOT NULL REFERENCES lanes, seq INTEGER NOT NULL, at TEXT NOT NULL, rev INTEGER NOT NULL, record BLOB NOT NULL UNIQUE,
    author TEXT, body TEXT NOT NULL, salt BLOB NOT NULL, offer TEXT, UNIQUE (lane, seq)
  ) STRICT;
  CREATE INDEX conflicts_key ON conflicts (persona, service, collection, key);
  CREATE TABLE replaced (id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE parked (
    lane INTEGER NOT NULL REFERENCES lanes, seq INTEGER NOT NULL, id BLOB NOT NULL, why TEXT NOT NULL, at TEXT, until INTEGER, line TEXT NOT NULL,
    PRIMARY KEY (lane, seq)
  ) STRICT;
  CREATE TABLE removals (
    lane INTEGER NOT NULL REFERENCES lanes, seq INTEGER NOT NULL, offer TEXT NOT NULL, PRIMARY KEY (lane, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE locals (
    pos INTEGER PRIMARY KEY, persona INTEGER NOT NULL REFERENCES personas, service TEXT NOT NULL, collection TEXT NOT NULL, key TEXT NOT NULL,
    at TEXT NOT NULL, op TEXT NOT NULL, id BLOB NOT NULL, body TEXT
  ) STRICT;
  CREATE UNIQUE INDEX locals_key ON locals (persona, service, collection, key);
  CREATE TABLE taken (
    persona INTEGER NOT NULL REFERENCES personas, hash TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (persona, hash)
  ) STRICT, WITHOUT ROWID;
`);

/** What was agreed when a service was joined, and since: JSON of the firewall's, for services that are not built in. */
const terms: Migration = (db) => db.exec(`
  CREATE TABLE terms (
    persona INTEGER NOT NULL REFERENCES personas, service TEXT NOT NULL, terms TEXT NOT NULL, PRIMARY KEY (persona, service)
  ) STRICT, WITHOUT ROWID;
`);

/** Whose offers they were: what goes with a service takes its own along. */
const takenOf: Migration = (db) => db.exec("ALTER TABLE taken ADD COLUMN service TEXT NOT NULL DEFAULT ''");

/** Every step, in order; `user_version` of a pod file counts them. */
export const podMigrations: readonly Migration[] = [first, earlierContracts, moves, statementsByHash, blobs, devices, terms, takenOf];
