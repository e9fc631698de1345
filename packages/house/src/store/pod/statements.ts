import type { Sqlite } from '../../sqlite/port.ts';
import type { Row } from './types.ts';

const ROW = `r.pos, r.service, r.collection, r.key, r.lane, r.seq, r.at, r.rev, r.op, r.id, r.author, r.body, l.audience`;

/** A signed statement as stored. */
export interface StatementRow { hash: string; height: number; signed: string; seen: number }
/** A lane-close as stored; `chain` base64url, `head` the statement that revoked the device. */
export interface CloseRow { device: string; lane: string; head: string; seq: number; chain: string; signed: string }
/** A joined contract as stored. */
export interface ContractRow { service: string; hash: string; contract: string; joined: string; narrowing: string }
/** What is kept in memory of a joined contract. */
export interface JoinedRow { service: string; hash: string; narrowing: string; terms: string | null }
/** A lane with its announcement and head. */
export interface LaneRow {
  ref: number; service: string; collection: string; audience: string; device: string;
  lane: Uint8Array; announcement: string; seq: number; chain: Uint8Array; clock: string;
}
/** One link of a chain; `envelope` is null once erased. */
export interface EntryRow { seq: number; id: Uint8Array; sig: Uint8Array | null; head: string | null; envelope: string | null }
/** An effect that waits for its delivery. */
export interface OutboxRow { id: number; target: string; effect: string; made: number; tries: number; next: number }
/** The answer that a key of idempotency got. */
export interface OnceRow { request: Uint8Array; answer: string }
/** The parts of a row that leave with an export. */
export interface PayloadRow { body: string | null; salt: Uint8Array | null; offer: string | null }
/** A record that lost against one that was made without knowing of it; `record` is its id, `lane` with `seq` its entry. */
export interface ConflictRow {
  id: number; service: string; collection: string; key: string; lane: number; seq: number; at: string; rev: number; record: Uint8Array;
  author: string | null; body: string; salt: Uint8Array; offer: string | null;
}
/** A checked entry that does not count yet; `at` null once erased; `until`: when it does (ms), if time is all that it waits for. */
export interface ParkedRow { lane: number; seq: number; id: Uint8Array; why: string; at: string | null; until: number | null; line: string }

const LOCAL = `pos, service, collection, key, 0 AS lane, 0 AS seq, at, 1 AS rev, op, id, NULL AS author, body, 'only-me' AS audience`;

/** The same questions about records of kind `local`, which lie in a table of their own. */
const local = (db: Sqlite) => ({
  row: db.prepare<Row>(`SELECT ${LOCAL} FROM locals WHERE persona = ? AND service = ? AND collection = ? AND key = ?`),
  some: db.prepare<Row>(`SELECT ${LOCAL} FROM locals WHERE persona = ?1 AND service = ?2 AND collection = ?3 AND key IN (SELECT value FROM json_each(?4))`),
  rows: db.prepare<Row>(`SELECT ${LOCAL} FROM locals WHERE persona = ? AND service = ? AND collection = ? AND op = 'put' ORDER BY pos`),
  page: db.prepare<Row>(`SELECT ${LOCAL} FROM locals WHERE persona = ? AND service = ? AND collection = ? AND key > ? ORDER BY key LIMIT ?`),
  count: db.prepare<{ n: number }>(`SELECT count(*) AS n FROM locals WHERE persona = ? AND service = ? AND collection = ? AND op = 'put'`),
  expired: db.prepare<{ pos: number; key: string; at: string }>('SELECT pos, key, at FROM locals WHERE persona = ? AND service = ? AND collection = ? AND at < ? LIMIT ?'),
  drop: db.prepare('DELETE FROM locals WHERE pos = ?'),
  put: db.prepare('REPLACE INTO locals (pos, persona, service, collection, key, at, op, id, body) VALUES (?,?,?,?,?,?,?,?,?)'),
});

const CONFLICT = 'id, service, collection, key, lane, seq, at, rev, record, author, body, salt, offer';

/** What is asked for the sake of other devices alone. */
const receiving = (db: Sqlite) => ({
  laneTaken: db.prepare('SELECT 1 AS yes FROM lanes WHERE lane = ?'),
  laneClock: db.prepare<{ clock: string }>('SELECT clock FROM lanes WHERE ref = ?'),
  announcement: db.prepare<{ announcement: string }>('SELECT announcement FROM lanes WHERE ref = ?'),
  headAt: db.prepare<{ head: string | null }>('SELECT head FROM entries WHERE lane = ? AND seq = ?'),
  idsBetween: db.prepare<{ seq: number; id: Uint8Array }>('SELECT seq, id FROM entries WHERE lane = ? AND seq BETWEEN ? AND ?'),
  parkedFrom: db.prepare<{ seq: number; id: Uint8Array }>('SELECT seq, id FROM parked WHERE lane = ? AND seq >= ?'),
  takeEntry: db.prepare('INSERT INTO entries (lane, seq, id, sig, head, envelope) VALUES (?,?,?,?,?,?)'),
  takeRow: db.prepare('INSERT OR IGNORE INTO rows (pos, persona, service, collection, key, lane, seq, at, rev, op, id, author, body, salt, offer) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)'),
  parked: db.prepare<ParkedRow>('SELECT lane, seq, id, why, at, until, line FROM parked WHERE lane = ? ORDER BY seq'),
  park: db.prepare('REPLACE INTO parked (lane, seq, id, why, at, until, line) VALUES (?,?,?,?,?,?,?)'),
  unpark: db.prepare('DELETE FROM parked WHERE lane = ? AND seq <= ?'),
  cutEntries: db.prepare('DELETE FROM entries WHERE lane = ? AND seq > ?'),
  oldest: db.prepare<{ seq: number; key: string; at: string }>(`SELECT seq, json_extract(envelope, '$.key') AS key, json_extract(envelope, '$.at') AS at FROM entries
    WHERE lane = ? AND envelope IS NOT NULL ORDER BY seq LIMIT ?`),
  dropRemoval: db.prepare('DELETE FROM removals WHERE lane = ? AND seq = ?'),
  dropMoves: db.prepare('DELETE FROM moves WHERE persona = ? AND service = ? AND collection = ? AND key = ?'),
  dropRow: db.prepare('DELETE FROM rows WHERE pos = ?'),
  parkedDue: db.prepare<{ until: number | null }>('SELECT min(until) AS until FROM parked'),
  parkedLanes: db.prepare<{ lane: number; why: string; count: number; first: string | null; last: string | null; until: number | null }>(
    'SELECT lane, why, count(*) AS count, min(at) AS first, max(at) AS last, min(until) AS until FROM parked GROUP BY lane, why ORDER BY max(at) DESC'),
  conflict: db.prepare<ConflictRow & { persona: number }>(`SELECT ${CONFLICT}, persona FROM conflicts WHERE id = ?`),
  conflictOf: db.prepare<ConflictRow>(`SELECT ${CONFLICT} FROM conflicts WHERE record = ?`),
  conflictAt: db.prepare<ConflictRow>(`SELECT ${CONFLICT} FROM conflicts WHERE lane = ? AND seq = ?`),
  conflicts: db.prepare<ConflictRow>(`SELECT ${CONFLICT} FROM conflicts WHERE persona = ? ORDER BY id DESC LIMIT ?`),
  conflictsOfKey: db.prepare<ConflictRow>(`SELECT ${CONFLICT} FROM conflicts WHERE persona = ? AND service = ? AND collection = ? AND key = ?`),
  conflictCount: db.prepare<{ n: number }>('SELECT count(*) AS n FROM conflicts WHERE persona = ?'),
  putConflict: db.prepare('INSERT INTO conflicts (persona, service, collection, key, lane, seq, at, rev, record, author, body, salt, offer) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)'),
  dropConflict: db.prepare('DELETE FROM conflicts WHERE id = ?'),
  taken: db.prepare('SELECT 1 AS yes FROM taken WHERE persona = ? AND hash = ?'),
  putTaken: db.prepare('INSERT OR IGNORE INTO taken (persona, hash, until, service) VALUES (?,?,?,?)'),
  forgetTaken: db.prepare('DELETE FROM taken WHERE until < ?'),
  replaced: db.prepare('SELECT 1 AS yes FROM replaced WHERE id = ?'),
  anyReplaced: db.prepare('SELECT 1 AS yes FROM replaced LIMIT 1'),
  putReplaced: db.prepare('INSERT OR IGNORE INTO replaced (id) VALUES (?)'),
  dropReplaced: db.prepare('DELETE FROM replaced WHERE id = ?'),
  removal: db.prepare<{ offer: string }>('SELECT offer FROM removals WHERE lane = ? AND seq = ?'),
  putRemoval: db.prepare('INSERT OR REPLACE INTO removals (lane, seq, offer) VALUES (?,?,?)'),
});

/** What is asked of a namespace before it goes (`leave.ts`). */
const leaving = (db: Sqlite) => ({
  size: db.prepare<{ n: number }>(`SELECT (SELECT count(*) FROM rows WHERE persona = ?1 AND service = ?2) + (SELECT count(*) FROM locals WHERE persona = ?1 AND service = ?2)
    + (SELECT ifnull(sum(seq), 0) FROM lanes WHERE persona = ?1 AND service = ?2) AS n`),
  blobs: db.prepare<{ blob: string }>('SELECT blob FROM blobs WHERE persona = ? AND service = ?'),
  lanes: db.prepare<{ lane: Uint8Array }>('SELECT lane FROM lanes WHERE persona = ? AND service = ?'),
});

/** Every statement a pod file is asked, prepared once when it is opened. */
export function podStatements(db: Sqlite) {
  return {
    ...blobStatements(db),
    ...receiving(db),
    local: local(db),
    leaving: leaving(db),
    row: db.prepare<Row>(`SELECT ${ROW} FROM rows r JOIN lanes l ON l.ref = r.lane WHERE r.persona = ? AND r.service = ? AND r.collection = ? AND r.key = ?`),
    some: db.prepare<Row>(`SELECT ${ROW} FROM json_each(?4) k CROSS JOIN rows r ON r.persona = ?1 AND r.service = ?2 AND r.collection = ?3 AND r.key = k.value JOIN lanes l ON l.ref = r.lane`),
    rows: db.prepare<Row>(`SELECT ${ROW} FROM rows r JOIN lanes l ON l.ref = r.lane WHERE r.persona = ? AND r.service = ? AND r.collection = ? AND r.op = 'put' ORDER BY r.pos`),
    since: db.prepare<Row & { persona: number }>(`SELECT ${ROW}, r.persona FROM rows r JOIN lanes l ON l.ref = r.lane WHERE r.pos > ?1
      UNION ALL SELECT ${LOCAL}, persona FROM locals WHERE pos > ?1 ORDER BY 1 LIMIT ?2`),
    page: db.prepare<Row>(`SELECT ${ROW} FROM rows r JOIN lanes l ON l.ref = r.lane WHERE r.persona = ? AND r.service = ? AND r.collection = ? AND r.key > ? ORDER BY r.key LIMIT ?`),
    moves: db.prepare<{ audience: string; pos: number }>('SELECT audience, pos FROM moves WHERE persona = ? AND service = ? AND collection = ? AND key = ?'),
    putMove: db.prepare('REPLACE INTO moves (persona, service, collection, key, audience, pos) VALUES (?,?,?,?,?,?)'),
    last: db.prepare<{ pos: number }>('SELECT max(ifnull((SELECT max(pos) FROM rows), 0), ifnull((SELECT max(pos) FROM locals), 0)) AS pos'),
    count: db.prepare<{ n: number }>(`SELECT count(*) AS n FROM rows WHERE persona = ? AND service = ? AND collection = ? AND op = 'put'`),
    payload: db.prepare<PayloadRow>(`SELECT r.body, r.salt, r.offer FROM lanes l JOIN rows r ON r.persona = l.persona AND r.service = l.service AND r.collection = l.collection AND r.key = ?1
      WHERE l.ref = ?2 AND r.lane = ?2 AND r.seq = ?3`),
    putRow: db.prepare('REPLACE INTO rows (pos, persona, service, collection, key, lane, seq, at, rev, op, id, author, body, salt, offer) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)'),
    putEntry: db.prepare('INSERT INTO entries (lane, seq, id, envelope) VALUES (?,?,?,?)'),
    signEntry: db.prepare('UPDATE entries SET sig = ?, head = ? WHERE lane = ? AND seq = ?'),
    signedEntries: db.prepare<{ seq: number; head: string }>('SELECT seq, head FROM entries WHERE lane = ? AND head IS NOT NULL ORDER BY seq'),
    eraseEntry: db.prepare('UPDATE entries SET envelope = NULL WHERE lane = ? AND seq = ?'),
    entriesAfter: db.prepare<EntryRow>('SELECT seq, id, sig, head, envelope FROM entries WHERE lane = ? AND seq > ? ORDER BY seq LIMIT 500'),
    entries: db.prepare<EntryRow>('SELECT seq, id, sig, head, envelope FROM entries WHERE lane = ? ORDER BY seq'),
    lanes: db.prepare<LaneRow>('SELECT ref, service, collection, audience, device, lane, announcement, seq, chain, clock FROM lanes WHERE persona = ? ORDER BY ref'),
    putLane: db.prepare('INSERT INTO lanes (persona, service, collection, audience, device, lane, announcement, seq, chain, clock) VALUES (?,?,?,?,?,?,?,0,?,?)'),
    announcement: db.prepare<{ announcement: string }>('SELECT announcement FROM lanes WHERE ref = ?'),
    announceAnew: db.prepare('UPDATE lanes SET announcement = ? WHERE ref = ?'),
    moveLane: db.prepare('UPDATE lanes SET seq = ?, chain = ?, clock = ? WHERE ref = ?'),
    personas: db.prepare<{ ref: number; persona: string; device: string }>('SELECT ref, persona, device FROM personas ORDER BY ref'),
    putPersona: db.prepare('INSERT INTO personas (persona, device) VALUES (?,?)'),
    statements: db.prepare<StatementRow>('SELECT hash, height, signed, seen FROM statements WHERE persona = ? ORDER BY height, hash'),
    putStatement: db.prepare('INSERT INTO statements (persona, hash, height, signed, seen) VALUES (?,?,?,?,?)'),
    closes: db.prepare<CloseRow>('SELECT device, lane, head, seq, chain, signed FROM closes WHERE persona = ? ORDER BY device, lane, head'),
    close: db.prepare<CloseRow>('SELECT device, lane, head, seq, chain, signed FROM closes WHERE persona = ? AND device = ? AND lane = ? AND head = ?'),
    putClose: db.prepare('REPLACE INTO closes (persona, device, lane, head, seq, chain, signed) VALUES (?,?,?,?,?,?,?)'),
    dropClose: db.prepare('DELETE FROM closes WHERE persona = ? AND device = ? AND lane = ? AND head = ?'),
    contracts: db.prepare<ContractRow>('SELECT service, hash, contract, joined, narrowing FROM contracts WHERE persona = ? ORDER BY service'),
    joined: db.prepare<JoinedRow>('SELECT c.service, c.hash, c.narrowing, t.terms FROM contracts c LEFT JOIN terms t ON t.persona = c.persona AND t.service = c.service WHERE c.persona = ? ORDER BY c.service'),
    contract: db.prepare<ContractRow>('SELECT service, hash, contract, joined, narrowing FROM contracts WHERE persona = ? AND service = ?'),
    earlierContract: db.prepare<{ contract: string }>('SELECT contract FROM earlier_contracts WHERE persona = ? AND service = ? AND hash = ?'),
    narrow: db.prepare('UPDATE contracts SET narrowing = ? WHERE persona = ? AND service = ?'),
    putTerms: db.prepare('REPLACE INTO terms (persona, service, terms) VALUES (?,?,?)'),
    putContract: db.prepare(`INSERT INTO contracts (persona, service, hash, contract, joined) VALUES (?,?,?,?,?)
      ON CONFLICT DO UPDATE SET hash = excluded.hash, contract = excluded.contract, joined = excluded.joined`),
    restateJoined: db.prepare('UPDATE contracts SET joined = ? WHERE persona = ? AND service = ? AND hash = ?'),
    restateEarlier: db.prepare('UPDATE earlier_contracts SET joined = ? WHERE persona = ? AND service = ? AND hash = ?'),
    keepContract: db.prepare('INSERT OR IGNORE INTO earlier_contracts SELECT persona, service, hash, contract, joined FROM contracts WHERE persona = ? AND service = ?'),
    putEarlier: db.prepare('INSERT OR IGNORE INTO earlier_contracts (persona, service, hash, contract, joined) VALUES (?,?,?,?,?)'),
    earlierContracts: db.prepare<Omit<ContractRow, 'narrowing'>>('SELECT service, hash, contract, joined FROM earlier_contracts WHERE persona = ? ORDER BY service, hash'),
    once: db.prepare<OnceRow>('SELECT request, answer FROM once WHERE persona = ? AND key = ?'),
    putOnce: db.prepare('INSERT INTO once (persona, key, request, answer, made) VALUES (?,?,?,?,?)'),
    forgetOnce: db.prepare('DELETE FROM once WHERE made < ?'),
    outbox: db.prepare<OutboxRow & { persona: number }>('SELECT id, persona, target, effect, made, tries, next FROM outbox WHERE id > ? ORDER BY id LIMIT ?'),
    putOutbox: db.prepare('INSERT INTO outbox (persona, target, effect, made, next) VALUES (?,?,?,?,?)'),
    retryOutbox: db.prepare('UPDATE outbox SET tries = tries + 1, next = ? WHERE id = ?'),
    dropOutbox: db.prepare('DELETE FROM outbox WHERE id = ?'),
  };
}

function blobStatements(db: Sqlite) {
  return {
    /** What the file holds, free places aside. */
    filled: db.prepare<{ bytes: number }>('SELECT (page_count - freelist_count) * page_size AS bytes FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()'),
    blob: db.prepare<{ bytes: number }>('SELECT bytes FROM blobs WHERE persona = ? AND service = ? AND blob = ?'),
    blobKnown: db.prepare('SELECT 1 FROM blobs WHERE blob = ? LIMIT 1'),
    blobBytes: db.prepare<{ bytes: number | null }>('SELECT sum(bytes) AS bytes FROM (SELECT max(bytes) AS bytes FROM blobs GROUP BY blob)'),
    putBlob: db.prepare('INSERT INTO blobs (persona, service, blob, bytes, made) VALUES (?,?,?,?,?) ON CONFLICT DO UPDATE SET made = excluded.made'),
    dropBlob: db.prepare('DELETE FROM blobs WHERE persona = ? AND service = ? AND blob = ?'),
    unnamedBlobs: db.prepare<{ persona: number; service: string; blob: string }>(`SELECT persona, service, blob FROM blobs b WHERE made NOT BETWEEN ? AND ?
      AND NOT EXISTS (SELECT 1 FROM blob_names n WHERE n.persona = b.persona AND n.service = b.service AND n.blob = b.blob)`),
    namedBlobs: db.prepare<{ service: string; blob: string; bytes: number }>(`SELECT service, blob, bytes FROM blobs b WHERE persona = ?
      AND (? = 1 OR EXISTS (SELECT 1 FROM blob_names n WHERE n.persona = b.persona AND n.service = b.service AND n.blob = b.blob
        AND NOT EXISTS (SELECT 1 FROM locals l WHERE l.persona = n.persona AND l.service = n.service AND l.collection = n.collection AND l.key = n.key))) ORDER BY service, blob`),
    blobPlace: db.prepare<{ collection: string; key: string }>('SELECT collection, key FROM blob_names WHERE persona = ? AND service = ? AND blob = ? ORDER BY length(collection), collection, key LIMIT 1'),
    blobNames: db.prepare<{ blob: string }>('SELECT blob FROM blob_names WHERE persona = ? AND service = ? AND collection = ? AND key = ?'),
    blobNamed: db.prepare('SELECT 1 FROM blob_names WHERE persona = ? AND service = ? AND blob = ? LIMIT 1'),
    namingCollections: db.prepare<{ service: string; collection: string }>('SELECT DISTINCT service, collection FROM blob_names'),
    parkedBlobs: db.prepare(`SELECT 1 FROM parked WHERE line LIKE '%"blobs":%' LIMIT 1`),
    putBlobName: db.prepare('INSERT INTO blob_names (persona, service, collection, key, blob) VALUES (?,?,?,?,?)'),
    dropBlobName: db.prepare('DELETE FROM blob_names WHERE persona = ? AND service = ? AND collection = ? AND key = ? AND blob = ?'),
  };
}

/** The prepared statements of one open pod. */
export type PodStatements = ReturnType<typeof podStatements>;
