import { Refusal } from '@commonhold/core';
import { openReadOnly, schemaSteps } from '../../sqlite/read-only.ts';
import type { Sqlite } from '../../sqlite/port.ts';
import { podMigrations } from './migrations.ts';
import { podStatements, type EntryRow, type OutboxRow, type PodStatements } from './statements.ts';

/** The row that holds a key, with what leaves with an export and the device of its lane. */
export interface HolderRow {
  lane: number; seq: number; at: string; rev: number; op: 'put' | 'remove'; id: Uint8Array; device: string;
  body: string | null; salt: Uint8Array | null; offer: string | null;
}

/** A row beside the entry that it names, as far as there is one. */
export interface RowBesideEntry {
  service: string; collection: string; key: string; seq: number; at: string; rev: number; op: string; id: Uint8Array; author: string | null;
  lane: Uint8Array | null; owner: number | null; entry: Uint8Array | null; envelope: string | null;
}

/** A record that lost, beside the entry that it names, as far as there is one. */
export interface ConflictBesideEntry {
  id: number; service: string; collection: string; key: string; seq: number; at: string; rev: number; record: Uint8Array;
  name: Uint8Array | null; entry: Uint8Array | null; envelope: string | null;
}
/** A body with the envelope that vouches for it, as far as there is one; null for local ones. */
export interface BodyRow { service: string; collection: string; key: string; body: string; envelope: string | null; counts: 0 | 1 }

/** What only a check of a whole pod asks of its file. */
export interface AuditStatements {
  holder(persona: number, service: string, collection: string, key: string): HolderRow | undefined;
  rows(persona: number): Iterable<RowBesideEntry>;
  entries(lane: number): Iterable<EntryRow>;
  /** What was received. */
  blobs(persona: number): Iterable<{ service: string; blob: string; bytes: number }>;
  /** Which records are noted to name which blobs. */
  blobNames(persona: number): Iterable<{ service: string; collection: string; key: string; blob: string }>;
  /** The bodies that are there, of rows and of what lost against them; `counts` is 0 for what waits to be decided. */
  bodies(persona: number): Iterable<BodyRow>;
  outbox(): Iterable<OutboxRow & { persona: number }>;
  conflicts(): Iterable<ConflictBesideEntry>;
  /** Records of kind `local`, with nothing beside them to be held against. */
  locals(): Iterable<{ pos: number; service: string; collection: string; op: string; body: string | null }>;
  /** How many entries the heads of all lanes count. */
  size(): number;
}

/** A pod file that is only looked at. */
export interface PodAudit { db: Sqlite; sql: PodStatements; audit: AuditStatements; close(): void }

/**
 * Opens a pod file to look at it; nothing is migrated. Refuses `other_version` for a file of another version of the schema.
 * Errors of SQLite pass through.
 */
export function openAudit(path: string): PodAudit {
  const db = openReadOnly(path);
  try {
    const steps = schemaSteps(db);
    if (steps !== podMigrations.length) throw otherVersion(steps);
    return { db, sql: podStatements(db), audit: auditStatements(db), close: () => db.close() };
  } catch (error) {
    db.close();
    throw error;
  }
}

const otherVersion = (steps: number): Refusal => new Refusal('unavailable', 'other_version', steps < podMigrations.length
  ? 'The file is of an earlier version, or no pod at all. Start the house once with this version, then check again.'
  : 'The file was written by a newer Commonhold. Check it with that version.');

function auditStatements(db: Sqlite): AuditStatements {
  const holder = db.prepare<HolderRow>(`SELECT r.lane, r.seq, r.at, r.rev, r.op, r.id, l.device, r.body, r.salt, r.offer
    FROM rows r JOIN lanes l ON l.ref = r.lane WHERE r.persona = ? AND r.service = ? AND r.collection = ? AND r.key = ?`);
  const rows = db.prepare<RowBesideEntry>(`SELECT r.service, r.collection, r.key, r.seq, r.at, r.rev, r.op, r.id, r.author,
      l.lane, l.persona AS owner, e.id AS entry, e.envelope
    FROM rows r LEFT JOIN lanes l ON l.ref = r.lane LEFT JOIN entries e ON e.lane = r.lane AND e.seq = r.seq WHERE r.persona = ? ORDER BY r.pos`);
  const entries = db.prepare<EntryRow>('SELECT seq, id, sig, head, envelope FROM entries WHERE lane = ? ORDER BY seq');
  const locals = db.prepare<{ pos: number; service: string; collection: string; op: string; body: string | null }>('SELECT pos, service, collection, op, body FROM locals ORDER BY pos');
  const conflicts = db.prepare<ConflictBesideEntry>(`SELECT c.id, c.service, c.collection, c.key, c.seq, c.at, c.rev, c.record, l.lane AS name, e.id AS entry, e.envelope
    FROM conflicts c LEFT JOIN lanes l ON l.ref = c.lane AND l.persona = c.persona LEFT JOIN entries e ON e.lane = c.lane AND e.seq = c.seq ORDER BY c.id`);
  const outbox = db.prepare<OutboxRow & { persona: number }>('SELECT id, persona, target, effect, made, tries, next FROM outbox ORDER BY id');
  const blobs = db.prepare<{ service: string; blob: string; bytes: number }>('SELECT service, blob, bytes FROM blobs WHERE persona = ? ORDER BY service, blob');
  const blobNames = db.prepare<{ service: string; collection: string; key: string; blob: string }>('SELECT service, collection, key, blob FROM blob_names WHERE persona = ?');
  const bodies = db.prepare<BodyRow>(`
    SELECT r.service, r.collection, r.key, r.body, e.envelope, 1 AS counts FROM rows r LEFT JOIN entries e ON e.lane = r.lane AND e.seq = r.seq WHERE r.persona = ?1 AND r.body IS NOT NULL
    UNION ALL SELECT c.service, c.collection, c.key, c.body, e.envelope, 1 FROM conflicts c LEFT JOIN entries e ON e.lane = c.lane AND e.seq = c.seq WHERE c.persona = ?1
    UNION ALL SELECT service, collection, key, body, NULL, 1 FROM locals WHERE persona = ?1 AND body IS NOT NULL
    UNION ALL SELECT l.service, l.collection, p.line ->> '$.envelope' ->> '$.key', p.line ->> '$.body', p.line ->> '$.envelope', 0 FROM parked p JOIN lanes l ON l.ref = p.lane
      WHERE l.persona = ?1 AND json_valid(p.line) AND p.line ->> '$.body' IS NOT NULL AND json_valid(p.line ->> '$.envelope')`);
  const size = db.prepare<{ n: number | null }>('SELECT sum(seq) AS n FROM lanes');
  return {
    holder: (...key) => holder.get(...key),
    rows: (persona) => rows.iterate(persona),
    entries: (lane) => entries.iterate(lane),
    conflicts: () => conflicts.iterate(),
    locals: () => locals.iterate(),
    blobs: (persona) => blobs.iterate(persona),
    blobNames: (persona) => blobNames.iterate(persona),
    bodies: (persona) => bodies.iterate(persona),
    outbox: () => outbox.iterate(),
    size: () => size.get()?.n ?? 0,
  };
}
