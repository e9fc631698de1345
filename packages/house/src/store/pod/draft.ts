import type { Json, Suite } from '@commonhold/core';
import type { Signer } from './signer.ts';

/** One record to be written: a put with its body, or a remove. */
export interface Draft {
  service: string;
  collection: string;
  key: string;
  audience: string;
  op: 'put' | 'remove';
  body?: Json;
  /** The blobs that the body names; all of them were received. */
  blobs?: readonly string[];
  /** The persona that made it, where that is not the owner, with the offer that proves it. */
  author?: string;
  offer?: { hash: string; text: string; salt?: Uint8Array };
}

/** What a writer needs beside the pod. */
export interface Pen { suite: Suite; signer: Signer; now(): number }
