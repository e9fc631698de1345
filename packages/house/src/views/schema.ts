import type { Migration } from '../sqlite/migrate.ts';

/**
 * `views.db` is derived and disposable. It holds ids and lanes, never texts and never verdicts:
 * what a reader may see is asked of the gate, lane by lane, and joined inside the query.
 */
const first: Migration = (db) => db.exec(`
  CREATE TABLE fed (pod TEXT PRIMARY KEY, pos INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE lanes (ref INTEGER PRIMARY KEY, persona TEXT NOT NULL, audience TEXT NOT NULL, UNIQUE (persona, audience)) STRICT;
  CREATE TABLE posts (
    lane INTEGER NOT NULL REFERENCES lanes, persona TEXT NOT NULL, key TEXT NOT NULL, created INTEGER NOT NULL, root TEXT NOT NULL, reply INTEGER NOT NULL,
    PRIMARY KEY (persona, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX posts_created ON posts (created, key, lane);
  CREATE INDEX posts_root ON posts (root, created);
  CREATE INDEX posts_persona ON posts (persona, created, key, lane, reply);
`);

/** What somebody likes, and what there is to tell them; every pod is read anew to fill it. `place` sorts by time. */
const secondSlice: Migration = (db) => db.exec(`
  CREATE TABLE likes (persona TEXT NOT NULL, key TEXT NOT NULL, post TEXT NOT NULL, PRIMARY KEY (persona, key)) STRICT, WITHOUT ROWID;
  CREATE INDEX likes_post ON likes (persona, post, key);
  CREATE TABLE news (
    record TEXT PRIMARY KEY, owner TEXT NOT NULL, place TEXT NOT NULL, kind TEXT NOT NULL, actor TEXT NOT NULL, post TEXT, lane INTEGER REFERENCES lanes
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX news_owner ON news (owner, place);
  CREATE INDEX news_likes ON news (post, place) WHERE kind = 'like';
  DELETE FROM fed;
`);

/** Replies that the author of a post keeps beside it, and earlier wordings; every pod is read anew to fill it. */
const conversations: Migration = (db) => db.exec(`
  CREATE TABLE kept (
    keeper TEXT NOT NULL, record TEXT NOT NULL, author TEXT NOT NULL, post TEXT NOT NULL, created INTEGER NOT NULL, root TEXT NOT NULL, under TEXT NOT NULL,
    at_most TEXT NOT NULL, lane INTEGER NOT NULL REFERENCES lanes, PRIMARY KEY (keeper, record)
  ) STRICT;
  CREATE INDEX kept_root ON kept (root, created);
  CREATE INDEX kept_post ON kept (author, post);
  CREATE INDEX kept_under ON kept (keeper, under);
  CREATE TABLE versions (
    persona TEXT NOT NULL, key TEXT NOT NULL, post TEXT NOT NULL, lane INTEGER NOT NULL REFERENCES lanes, PRIMARY KEY (persona, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX versions_post ON versions (persona, post);
  DELETE FROM posts; DELETE FROM likes; DELETE FROM news; DELETE FROM fed;
`);

/** What a person has done to posts, of every kind in one table; who likes or boosts some posts is found in one question. Every pod is read anew. */
const marks: Migration = (db) => db.exec(`
  DROP TABLE likes;
  CREATE TABLE marks (
    persona TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, post TEXT NOT NULL, created INTEGER NOT NULL, choices TEXT, PRIMARY KEY (persona, kind, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX marks_post ON marks (persona, post, kind, key, choices);
  CREATE INDEX news_reactions ON news (post, kind, place, actor) WHERE kind IN ('like', 'boost');
  DELETE FROM fed;
`);

/** Boosts, where they stand in time; whether a post is an answer can be asked of its place in time. Every pod is read anew. */
const boosts: Migration = (db) => db.exec(`
  CREATE TABLE boosts (
    persona TEXT NOT NULL, key TEXT NOT NULL, lane INTEGER NOT NULL REFERENCES lanes, author TEXT NOT NULL, post TEXT NOT NULL, created INTEGER NOT NULL,
    PRIMARY KEY (persona, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX boosts_created ON boosts (created, key, lane, author, post);
  DROP INDEX posts_created;
  CREATE INDEX posts_created ON posts (created, key, lane, reply);
  DELETE FROM fed;
`);

/** Posts that wait for their time; there were none before. */
const waiting: Migration = (db) => db.exec(`
  CREATE TABLE waiting (persona TEXT NOT NULL, key TEXT NOT NULL, due INTEGER NOT NULL, PRIMARY KEY (persona, key)) STRICT, WITHOUT ROWID;
  CREATE INDEX waiting_due ON waiting (due);
`);

/** One record may be news for several people, and polls end by themselves; which quotes stand. Every pod is read anew. */
const passedOn: Migration = (db) => db.exec(`
  DROP TABLE news;
  CREATE TABLE news (
    record TEXT NOT NULL, owner TEXT NOT NULL, place TEXT NOT NULL, kind TEXT NOT NULL, actor TEXT NOT NULL, post TEXT, lane INTEGER REFERENCES lanes,
    PRIMARY KEY (record, owner)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX news_owner ON news (owner, place);
  CREATE INDEX news_reactions ON news (post, kind, place, actor) WHERE kind IN ('like', 'boost');
  CREATE TABLE quotes (
    persona TEXT NOT NULL, key TEXT NOT NULL, lane INTEGER NOT NULL REFERENCES lanes, created INTEGER NOT NULL, quoted TEXT NOT NULL, PRIMARY KEY (persona, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX quotes_quoted ON quotes (quoted, created, key, lane);
  CREATE TABLE noted (persona TEXT NOT NULL, key TEXT NOT NULL, post TEXT NOT NULL, quoting TEXT NOT NULL, PRIMARY KEY (persona, key)) STRICT, WITHOUT ROWID;
  CREATE INDEX noted_quoting ON noted (quoting, post);
  CREATE INDEX noted_post ON noted (persona, post);
  CREATE TABLE withdrawn (persona TEXT NOT NULL, key TEXT NOT NULL, post TEXT NOT NULL, quoting TEXT NOT NULL, PRIMARY KEY (persona, key)) STRICT, WITHOUT ROWID;
  CREATE INDEX withdrawn_quoting ON withdrawn (quoting, post);
  CREATE INDEX withdrawn_post ON withdrawn (persona, post);
  CREATE TABLE polls (name TEXT PRIMARY KEY, persona TEXT NOT NULL, lane INTEGER NOT NULL REFERENCES lanes, place TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX polls_place ON polls (place);
  CREATE INDEX polls_persona ON polls (persona, place);
  CREATE TABLE ballots (
    persona TEXT NOT NULL, key TEXT NOT NULL, author TEXT NOT NULL, post TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (persona, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ballots_post ON ballots (persona, post, at, key, author);
  CREATE INDEX marks_votes ON marks (post, persona) WHERE kind = 'vote';
  DELETE FROM fed;
`);

/**
 * What can be found by words, tags and what there is in it: `id` sorts by time. The words of posts and replies are in `words` alone, folded;
 * what is taken out of it is overwritten. `names` are of people. Every pod is read anew.
 */
const findable: Migration = (db) => db.exec(`
  CREATE TABLE entries (
    id INTEGER PRIMARY KEY, owner TEXT NOT NULL, record TEXT NOT NULL, author TEXT NOT NULL, key TEXT NOT NULL, lane INTEGER NOT NULL REFERENCES lanes, UNIQUE (owner, record)
  ) STRICT;
  CREATE INDEX entries_author ON entries (author, id, lane);
  CREATE TABLE tags (tag TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (tag, id)) STRICT, WITHOUT ROWID;
  CREATE INDEX tags_id ON tags (id);
  CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = 'ascii', prefix = '1 2 3');
  INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
  CREATE TABLE names (persona TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX marks_bookmark ON marks (persona, created, key, post) WHERE kind = 'bookmark';
  DELETE FROM fed;
`);

/** News is told without a look at its rows. */
const newsAtOnce: Migration = (db) => db.exec(`
  DROP INDEX news_owner;
  CREATE INDEX news_owner ON news (owner, place, kind, actor, post, lane);
`);

/** Of all likes of a post, and of all its boosts, the newest is the `top`: what stands for them all. Every pod is read anew. */
const newsByPiece: Migration = (db) => db.exec(`
  DELETE FROM news;
  ALTER TABLE news ADD COLUMN top INTEGER NOT NULL DEFAULT 1;
  DROP INDEX news_owner;
  CREATE INDEX news_tops ON news (owner, place, kind, actor, post, lane) WHERE top = 1;
  DELETE FROM fed;
`);

/** A conversation is found in the index alone. */
const threadsAtOnce: Migration = (db) => db.exec(`
  DROP INDEX posts_root;
  CREATE INDEX posts_root ON posts (root, created, key, lane);
`);

/** Which post another answers, so that a conversation can be read in its order. Every pod is read anew. */
const whatIsAnswered: Migration = (db) => db.exec(`
  ALTER TABLE posts ADD COLUMN parent TEXT;
  ALTER TABLE kept ADD COLUMN parent TEXT NOT NULL DEFAULT '';
  DROP INDEX posts_root;
  CREATE INDEX posts_root ON posts (root, created, key, lane, parent);
  DELETE FROM fed;
`);

/** Beginnings of words are not kept: they cost two thirds of what it takes to write a post into the index. */
const wordsWhole: Migration = (db) => db.exec(`
  CREATE TABLE said (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
  INSERT INTO said (id, text) SELECT rowid, text FROM words;
  DROP TABLE words;
  CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = 'ascii');
  INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
  INSERT INTO words (rowid, text) SELECT id, text FROM said;
  DROP TABLE said;
`);

/** Who votes is found among all that they mark. */
const votersAtOnce: Migration = (db) => db.exec("CREATE INDEX marks_voter ON marks (persona, post) WHERE kind = 'vote'");

/** Every step of `views.db`, in order. */
export const viewMigrations: readonly Migration[] = [first, secondSlice, conversations, marks, boosts, waiting, passedOn, findable, newsAtOnce, newsByPiece, threadsAtOnce, whatIsAnswered, wordsWhole, votersAtOnce];
