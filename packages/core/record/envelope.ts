import { utf8 } from '../bytes/frame.ts';
import { isObject } from '../bytes/json.ts';
import {
  authorId, bytes16, bytes32, clockText, closed, identifier, integer, optional, personaId, recordKey, serviceId, version1, type Shape,
} from '../bytes/shape.ts';
import { publicKey } from '../identity/key.ts';
import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import { keyFits } from './key.ts';

/** What a write does to a key. */
export type Op = 'put' | 'remove';

/** The signed part of a record; its body travels beside it. Ids, keys, hashes: base64url. See spec/record.md. */
export interface Envelope {
  v: 1; persona: string; device: string; service: string; lane: string; contract: string; collection: string;
  key: string; seq: number; at: string; rev: number; base: string | null; op: Op;
  author?: string; offer?: string; body?: string;
}

const SHAPE: Shape = {
  v: version1, persona: personaId, device: publicKey, service: serviceId, lane: bytes16, contract: bytes32,
  collection: identifier, key: recordKey, seq: integer(1), at: clockText, rev: integer(1),
  base: { is: 'null or 32 bytes as base64url', check: (v) => v === null || bytes32.check(v) },
  op: { is: 'put or remove', check: (v) => v === 'put' || v === 'remove' },
  author: optional(authorId), offer: optional(bytes32), body: optional(bytes32),
};

/**
 * The canonical text (RFC 8785) of an envelope. The names are written out in canonical order, since this runs
 * for each write; only fields of `Envelope` are in it.
 */
export function envelopeText(e: Envelope): string {
  return JSON.stringify({
    at: e.at, author: e.author, base: e.base, body: e.body, collection: e.collection, contract: e.contract,
    device: e.device, key: e.key, lane: e.lane, offer: e.offer, op: e.op, persona: e.persona, rev: e.rev,
    seq: e.seq, service: e.service, v: e.v,
  });
}

/** A record's id: SHA-256 (32 bytes) of its envelope's text as received. Check the text with `parseEnvelope` first. */
export const envelopeId = (suite: Suite, text: string): Uint8Array => suite.sha256(utf8(text));

/**
 * The envelope in a text, if it is well formed and canonical.
 * Codes, in order: not_json, not_object, bad_version, unknown_field, missing_field, bad_field, bad_base, bad_offer,
 * bad_body, not_canonical.
 */
export function parseEnvelope(text: string): Result<Envelope> {
  let value: unknown;
  try { value = JSON.parse(text); } catch { return no('not_json', 'The envelope is not JSON.'); }
  if (!isObject(value)) return no('not_object', 'An envelope is an object.');
  if (value['v'] !== 1) return no('bad_version', 'Only envelopes of version 1 are known.', 'v');
  const checked = closed(value, SHAPE);
  if (!checked.ok) return checked;
  const envelope = checked.value as unknown as Envelope;
  const consistent = checkTogether(envelope);
  if (!consistent.ok) return consistent;
  if (envelopeText(envelope) !== text) return no('not_canonical', 'The envelope is not in its canonical form.');
  return yes(envelope);
}

/** Whether fields that belong together are together. Codes: bad_base, bad_offer, bad_body. */
export function checkTogether(e: Envelope): Result<true> {
  if ((e.rev === 1) !== (e.base === null)) return no('bad_base', 'A record has a base exactly if it is not the first of its key.', 'base');
  if ((e.author === undefined) !== (e.offer === undefined)) return no('bad_offer', 'author and offer go together.', 'offer');
  if (e.author !== undefined && e.author !== e.service && !personaId.check(e.author)) {
    return no('bad_offer', 'The author is a persona, or the service itself.', 'author');
  }
  if (e.author !== undefined && !keyFits(e.key, e.author, e)) return no('bad_offer', 'A key that somebody else added begins with the author.', 'key');
  if ((e.op === 'put') !== (e.body !== undefined)) return no('bad_body', 'A put has a body, a remove has none.', 'body');
  return yes(true);
}
