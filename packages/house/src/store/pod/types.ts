import type { Alarm, KeyLogState, PendingMove } from '@commonhold/core';

/** The head of one lane of one device, as the file has it. */
export interface LaneHead {
  ref: number;
  service: string;
  collection: string;
  /** Stored form: `everyone`, `house:<persona of the house>`, … */
  audience: string;
  device: string;
  lane: Uint8Array;
  seq: number;
  chain: Uint8Array;
}

/** A contract that a persona has joined. */
export interface JoinedContract {
  service: string; hash: string; narrowing: string;
  /** What was agreed with a service that is not built in, as JSON. */
  terms: string | null;
}

/** What all the statements of a persona that this house holds amount to now. */
export interface Judged {
  keyLog: KeyLogState;
  /** A move that may still be reverted; once it is due, the statements are judged anew. */
  pending: PendingMove | null;
  alarms: readonly Alarm[];
  /** Statements held, losers too. */
  known: number;
}

/** What is kept in memory of one persona of a pod; always what the file says. */
export interface PersonaState extends Judged {
  ref: number;
  persona: string;
  /** The pod device (public key, base64url) that signs records made in this house. */
  device: string;
  clock: string;
  contracts: Map<string, JoinedContract>;
  lanes: LaneHead[];
  /** Live rows by `service/collection`, counted when first asked for. */
  counts: Map<string, number>;
}

/** One row: the winning record of a key, or the tombstone that beat it. */
export interface Row {
  pos: number;
  service: string;
  collection: string;
  key: string;
  lane: number;
  seq: number;
  at: string;
  rev: number;
  op: 'put' | 'remove';
  id: Uint8Array;
  author: string | null;
  body: string | null;
  audience: string;
}

/** What a commit changed, told after it is on disk. */
export interface Change {
  persona: string;
  service: string;
  collection: string;
  key: string;
  pos: number;
  op: 'put' | 'remove';
  audience: string;
  at: string;
  author: string | null;
  /** The body's JSON text; null for a remove. */
  body: string | null;
}
