import {
  bodyHash, canonical, chainNext, clockNext, envelopeId, envelopeText, newSalt, nextRev, toBase64Url, utf8,
  type Envelope, type Json,
} from '@commonhold/core';
import { nameBlobs } from './blobs.ts';
import { laneFor } from './lane.ts';
import type { Draft, Pen } from './draft.ts';
import type { Pod } from './pod.ts';
import type { LaneHead, PersonaState, Row } from './types.ts';

/**
 * Appends a record to its lane and makes it the winner of its key; what it replaces is erased.
 * A changed audience is a remove in the old lane and a put in the new one. Inside a transaction only.
 */
export const append = (pod: Pod, persona: PersonaState, pen: Pen, draft: Draft): Row =>
  appendAfter(pod, persona, pen, draft, pod.sql.row.get(persona.ref, draft.service, draft.collection, draft.key));

/** The same, where what is there under its key was asked for already. */
export function appendAfter(pod: Pod, persona: PersonaState, pen: Pen, draft: Draft, before: Row | undefined): Row {
  if (draft.op === 'remove') forgetOthers(pod, persona, draft);
  nameBlobs(pod, persona.ref, draft);
  if (before?.op === 'put' && draft.op === 'put' && before.audience !== draft.audience) {
    const removed = write(pod, persona, pen, { ...strip(draft), audience: before.audience, op: 'remove' }, before);
    return write(pod, persona, pen, draft, removed);
  }
  return write(pod, persona, pen, draft, before);
}

// The remove is the owner's: the offer speaks of the put alone.
const strip = ({ body: _body, blobs: _blobs, author: _author, offer: _offer, ...rest }: Draft): Draft => rest;

// Who removes a record removes what lost against it, too.
function forgetOthers(pod: Pod, persona: PersonaState, { service, collection, key }: Draft): void {
  for (const { id, lane, seq } of pod.sql.conflictsOfKey.all(persona.ref, service, collection, key)) {
    pod.sql.dropConflict.run(id);
    pod.sql.eraseEntry.run(lane, seq);
  }
}

function write(pod: Pod, persona: PersonaState, pen: Pen, draft: Draft, before: Row | undefined): Row {
  const lane = laneFor(pod, persona, pen, draft);
  const at = clockNext(persona.clock, pen.now());
  const salt = draft.op === 'put' ? (draft.offer?.salt ?? newSalt(pen.suite)) : null;
  const envelope = seal(persona, pen, draft, { lane, at, salt, before });
  const text = envelopeText(envelope);
  const id = envelopeId(pen.suite, text);
  lane.chain = chainNext(pen.suite, lane.chain, id);
  lane.seq++;
  persona.clock = at;
  const body = draft.body === undefined ? null : canonical(draft.body);
  pod.sql.putEntry.run(lane.ref, lane.seq, id, text);
  pod.sql.moveLane.run(lane.seq, lane.chain, at, lane.ref);
  if (before) leave(pod, before);
  const author = draft.author ?? null;
  const pos = ++pod.last;
  pod.sql.putRow.run(pos, persona.ref, draft.service, draft.collection, draft.key, lane.ref, lane.seq, at,
    envelope.rev, draft.op, id, author, body, salt, draft.offer?.text ?? null);
  if (before && before.audience !== draft.audience) pod.sql.putMove.run(persona.ref, draft.service, draft.collection, draft.key, before.audience, pos);
  pod.unsigned.add(lane);
  recount(persona, draft, before);
  const { service, collection, key, op, audience } = draft;
  pod.changes.push({ persona: persona.persona, service, collection, key, pos, op, audience, at, author, body });
  return { pos, service, collection, key, lane: lane.ref, seq: lane.seq, at, rev: envelope.rev, op, id, author, body, audience };
}

// What was replaced is erased. The envelope of a remove stays, and names the offer that it was made on.
function leave(pod: Pod, { op, key, lane, seq, author }: Row): void {
  if (op === 'put') { pod.sql.eraseEntry.run(lane, seq); return; }
  const offer = author === null ? null : pod.sql.payload.get(key, lane, seq)?.offer;
  if (offer != null) pod.sql.putRemoval.run(lane, seq, offer);
}

interface Place { lane: LaneHead; at: string; salt: Uint8Array | null; before: Row | undefined }

function seal(persona: PersonaState, pen: Pen, draft: Draft, { lane, at, salt, before }: Place): Envelope {
  return {
    v: 1, persona: persona.persona, device: persona.device, service: draft.service, lane: toBase64Url(lane.lane),
    contract: persona.contracts.get(draft.service)?.hash ?? '', collection: draft.collection, key: draft.key,
    seq: lane.seq + 1, at, rev: nextRev(before ?? null, draft.op), base: before ? toBase64Url(before.id) : null, op: draft.op,
    ...(draft.author === undefined ? {} : { author: draft.author }),
    ...(draft.offer === undefined ? {} : { offer: draft.offer.hash }),
    ...(draft.body === undefined || salt === null ? {} : { body: toBase64Url(bodyHash(pen.suite, salt, draft.body)) }),
  };
}

function recount(persona: PersonaState, draft: Draft, before: Row | undefined): void {
  const name = `${draft.service}/${draft.collection}`;
  const had = persona.counts.get(name);
  if (had === undefined) return;
  const was = before?.op === 'put' ? 1 : 0;
  persona.counts.set(name, had - was + (draft.op === 'put' ? 1 : 0));
}

/** Bytes that a body takes on disk: its canonical text in UTF-8. */
export const bodyBytes = (body: Json): number => utf8(canonical(body)).length;
