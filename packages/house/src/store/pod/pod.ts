import type { Sqlite } from '../../sqlite/port.ts';
import type { Shelf } from '../blobs/shelf.ts';
import type { PodStatements } from './statements.ts';
import type { Change, Judged, LaneHead, PersonaState } from './types.ts';

/** An open pod file. */
export interface Pod {
  readonly id: string;
  /** Where the file lies. */
  readonly path: string;
  readonly db: Sqlite;
  readonly sql: PodStatements;
  readonly personas: Map<string, PersonaState>;
  /** Lanes that gained entries in this transaction and still want a signature. */
  readonly unsigned: Set<LaneHead>;
  /** The newest position of a row. */
  last: number;
  /** The newest position that is known to be on disk and was told. */
  told: number;
  /** When keys of idempotency were last tidied up (ms). */
  tidied: number;
  /** What the statements of each persona amounted to when they were last judged, by its ref: a write that was undone costs no signatures. */
  readonly judged: Map<number, { of: string; verdict: Judged }>;
  /** Names of signatures that fitted. */
  readonly verified: Set<string>;
  /** False when the outbox is known to be empty. */
  waits: boolean;
  /** The bytes of its blobs. */
  readonly shelf: Shelf;
  /** Collections (`service/collection`) whose records have ever named blobs. */
  readonly naming: Set<string>;
  /** Blobs that this transaction let go of. */
  freed: string[];
  /** When the first of the records that wait for their time comes in (ms), or Infinity. */
  due: number;
  /** What this transaction changed so far. */
  changes: Change[];
}
