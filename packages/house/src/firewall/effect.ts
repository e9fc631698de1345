import type { Json } from '@commonhold/core';

/** What a transaction left to be done to somebody else's pod: an offer that is made when it is delivered. */
export interface Effect {
  op: 'put' | 'remove';
  service: string;
  collection: string;
  /** Made with the effect, so that every delivery of it means the same record. */
  key: string;
  body?: Json;
  /** Waits for the end of a block, as what removes does: it says how something that is there already has changed. */
  waits?: true;
}

/** An effect that waits. */
export interface Waiting { id: number; author: string; target: string; effect: Effect; tries: number; next: number }
