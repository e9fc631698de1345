import { frame } from '../bytes/frame.ts';
import type { Suite } from '../suite.ts';

/** chain_0 (32 bytes) of one device in one lane. `device`: 32 bytes; `lane`: 16 bytes. */
export const chainStart = (suite: Suite, persona: string, device: Uint8Array, lane: Uint8Array): Uint8Array =>
  suite.sha256(frame('commonhold/chain/1', persona, device, lane));

// The frame of ('commonhold/link/1', 32 bytes, 32 bytes): only the two hashes change, and this runs for each write.
const LINK = frame('commonhold/link/1', new Uint8Array(32), new Uint8Array(32));
const ID_AT = LINK.length - 32;
const CHAIN_AT = ID_AT - 8 - 32;

/** chain_n (32 bytes) from chain_{n-1} and the id of record n (32 bytes each). */
export function chainNext(suite: Suite, chain: Uint8Array, id: Uint8Array): Uint8Array {
  const bytes = LINK.slice();
  bytes.set(chain, CHAIN_AT);
  bytes.set(id, ID_AT);
  return suite.sha256(bytes);
}

/** What a head signature says: this device wrote `seq` records into this lane, and they hash to `chain`. */
export interface Head {
  persona: string; device: Uint8Array; service: string; lane: Uint8Array;
  seq: number; chain: Uint8Array; keyLogHead: Uint8Array;
}

/** The bytes that a head signature covers (`commonhold/head/1`). */
export const headBytes = (head: Head): Uint8Array =>
  frame('commonhold/head/1', head.persona, head.device, head.service, head.lane, head.seq, head.chain, head.keyLogHead);
