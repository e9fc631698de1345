import type { Migration } from '../sqlite/migrate.ts';

/** The tables of house.db, step by step; a step that was released is never edited. */
export const MIGRATIONS: readonly Migration[] = [(db) => db.exec(`
  CREATE TABLE people (
    persona TEXT PRIMARY KEY, pod TEXT NOT NULL UNIQUE, handle TEXT NOT NULL UNIQUE COLLATE NOCASE, name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reserved','active')), role TEXT NOT NULL CHECK (role IN ('steward','member')),
    pass TEXT NOT NULL, key_salt BLOB NOT NULL, device TEXT NOT NULL UNIQUE,
    recovery TEXT NOT NULL CHECK (recovery IN ('browser','house')), words_written INTEGER,
    invited_by TEXT, invite TEXT, reserved_at INTEGER NOT NULL, joined_at INTEGER
  ) STRICT;
  CREATE TABLE sessions (
    hash BLOB PRIMARY KEY, id TEXT NOT NULL UNIQUE, persona TEXT NOT NULL REFERENCES people ON DELETE CASCADE,
    label TEXT NOT NULL, created INTEGER NOT NULL, seen INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_of ON sessions (persona);
  CREATE TABLE invites (
    invite TEXT PRIMARY KEY, by TEXT NOT NULL, uses INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0 CHECK (used BETWEEN 0 AND uses),
    created INTEGER NOT NULL, expires INTEGER NOT NULL, ended INTEGER, note TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE tickets (
    device TEXT PRIMARY KEY, salt BLOB NOT NULL, ticket TEXT NOT NULL, gate TEXT NOT NULL, expires INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`), (db) => db.exec(`
  CREATE TABLE tokens (
    hash BLOB PRIMARY KEY, id TEXT NOT NULL UNIQUE, persona TEXT NOT NULL REFERENCES people ON DELETE CASCADE, label TEXT NOT NULL,
    services TEXT, write INTEGER NOT NULL, created INTEGER NOT NULL, used INTEGER, expires INTEGER, ended INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tokens_of ON tokens (persona);
`), (db) => db.exec(`
  CREATE TABLE passkeys (
    credential TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, persona TEXT NOT NULL REFERENCES people ON DELETE CASCADE, address TEXT NOT NULL, label TEXT NOT NULL,
    public_key BLOB NOT NULL, counter INTEGER NOT NULL, created INTEGER NOT NULL, used INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX passkeys_of ON passkeys (persona);
`), (db) => db.exec(`
  ALTER TABLE sessions ADD COLUMN device TEXT;
  ALTER TABLE people ADD COLUMN words_key TEXT;
`), (db) => db.exec('ALTER TABLE tokens ADD COLUMN device TEXT'), (db) => db.exec(`
  CREATE TABLE reports (
    id TEXT PRIMARY KEY, persona TEXT NOT NULL, key TEXT, reporter TEXT NOT NULL, reason TEXT NOT NULL, signed TEXT NOT NULL, at INTEGER NOT NULL,
    act TEXT, said TEXT, by TEXT, answered INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE hidden (persona TEXT NOT NULL, key TEXT NOT NULL, reader TEXT NOT NULL, by TEXT, at INTEGER NOT NULL, PRIMARY KEY (persona, key, reader)) STRICT, WITHOUT ROWID;
  CREATE TABLE suspended (
    persona TEXT PRIMARY KEY REFERENCES people ON DELETE CASCADE, until INTEGER NOT NULL, leaving INTEGER NOT NULL, by TEXT, at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE departed (
    persona TEXT PRIMARY KEY, pod TEXT NOT NULL UNIQUE, handle TEXT NOT NULL COLLATE NOCASE, folder TEXT NOT NULL, at INTEGER NOT NULL, handed INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE notices (
    id TEXT PRIMARY KEY, persona TEXT NOT NULL REFERENCES people ON DELETE CASCADE, kind TEXT NOT NULL, at INTEGER NOT NULL, by TEXT, about TEXT, words TEXT, until INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX notices_of ON notices (persona);
  CREATE TABLE actions (at INTEGER NOT NULL, kind TEXT NOT NULL) STRICT;
  CREATE TABLE waiting (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, words TEXT NOT NULL, contact TEXT NOT NULL, at INTEGER NOT NULL, invite TEXT
  ) STRICT, WITHOUT ROWID;
`), (db) => db.exec(`
  CREATE TABLE jobs (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, owner TEXT NOT NULL, state TEXT NOT NULL, done INTEGER NOT NULL, of INTEGER NOT NULL,
    words TEXT, result TEXT, code TEXT, say TEXT, started INTEGER NOT NULL, ended INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX jobs_of ON jobs (owner, started);
`), (db) => db.exec(`
  CREATE TABLE faces (
    persona TEXT PRIMARY KEY REFERENCES people ON DELETE CASCADE, listed INTEGER NOT NULL, front INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`), (db) => db.exec(`
  CREATE TABLE pseudonyms (
    persona TEXT PRIMARY KEY, owner TEXT NOT NULL REFERENCES people ON DELETE CASCADE, service TEXT NOT NULL, salt BLOB NOT NULL, settled INTEGER NOT NULL,
    UNIQUE (owner, service)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE leaving (
    owner TEXT NOT NULL REFERENCES people ON DELETE CASCADE, persona TEXT NOT NULL, service TEXT NOT NULL, PRIMARY KEY (owner, service)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE ended (persona TEXT PRIMARY KEY, statements TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE shelf (
    service TEXT PRIMARY KEY, hash TEXT NOT NULL, contract TEXT NOT NULL, rotations TEXT NOT NULL, address TEXT, note TEXT, at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`), (db) => db.exec(`
  CREATE TABLE apps (
    id TEXT PRIMARY KEY, persona TEXT NOT NULL REFERENCES people ON DELETE CASCADE, service TEXT NOT NULL, title TEXT NOT NULL, origin TEXT NOT NULL,
    scope TEXT NOT NULL, collections TEXT, created INTEGER NOT NULL, used INTEGER, ended INTEGER, device TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX apps_of ON apps (persona);
  CREATE TABLE app_tokens (
    hash BLOB PRIMARY KEY, app TEXT NOT NULL REFERENCES apps ON DELETE CASCADE, kind TEXT NOT NULL, expires INTEGER NOT NULL, spent INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX app_tokens_of ON app_tokens (app);
`), (db) => db.exec('ALTER TABLE shelf ADD COLUMN place INTEGER NOT NULL DEFAULT 0'), (db) => db.exec(`
  CREATE TABLE places (device TEXT PRIMARY KEY, owner TEXT NOT NULL REFERENCES people ON DELETE CASCADE, salt BLOB NOT NULL, made INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`), (db) => db.exec('ALTER TABLE reports RENAME COLUMN persona TO subject')];
