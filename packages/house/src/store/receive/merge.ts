import { toBase64Url, wins, type Version } from '@commonhold/core';
import { nameBlobs } from '../pod/blobs.ts';
import type { Pod } from '../pod/pod.ts';
import type { LaneHead, PersonaState, Row } from '../pod/types.ts';
import { bytesOf } from './tail.ts';
import type { Checked, Gist } from './types.ts';

/** One pod that takes in records of one persona; `ids`: what came erased in this call, `conflicts`: how many were found. */
export interface Merging { pod: Pod; persona: PersonaState; replaced: boolean; erased: Set<string>; conflicts: number }

/** Starts to take in. */
export const merging = (pod: Pod, persona: PersonaState): Merging =>
  ({ pod, persona, replaced: pod.sql.anyReplaced.get() !== undefined, erased: new Set(), conflicts: 0 });

type Whole = Checked & { envelope: Gist };

/**
 * Takes a checked record into its lane and merges it into its key: the winner is the row, a put that nothing was built on and that
 * lost is kept as a conflict, what was built on is erased (spec/record.md, "Merge"). The lane's own head is the caller's to move.
 */
export function mergeIn(merging: Merging, lane: LaneHead, entry: Checked): void {
  const { envelope } = entry;
  if (!envelope) {
    merging.erased.add(entry.line.id);
    if (merging.replaced) merging.pod.sql.dropReplaced.run(entry.id);
    putEntry(merging, lane, entry, false);
    return;
  }
  const whole = entry as Whole;
  if (merging.replaced && merging.pod.sql.replaced.get(entry.id)) {
    merging.pod.sql.dropReplaced.run(entry.id);
    overtaken(merging, lane, whole);
    return;
  }
  if (envelope.base === null && takeNew(merging, lane, whole)) return;
  const { persona, pod } = merging;
  const before = pod.sql.row.get(persona.ref, envelope.service, envelope.collection, envelope.key);
  if (!before) takeWinner(merging, lane, whole, undefined);
  else if (wins(versionOf(whole), rowVersion(persona, before))) takeWinner(merging, lane, whole, before);
  else takeLoser(merging, lane, whole, before);
}

function putEntry({ pod }: Merging, lane: LaneHead, { seq, id, line }: Checked, keeps: boolean): void {
  pod.sql.takeEntry.run(lane.ref, seq, id, line.sig === undefined ? null : bytesOf(line.sig), line.head ?? null, keeps ? line.envelope! : null);
}

const versionOf = ({ envelope: { rev, at, device, op, base }, line: { id } }: Whole): Version => ({ rev, at, device, op, base, id });

function rowVersion(persona: PersonaState, { rev, at, op, id, lane }: Row): Version {
  return { rev, at, op, base: null, id: toBase64Url(id), device: persona.lanes.find(({ ref }) => ref === lane)?.device ?? '' };
}

// What this was built on is settled by it; if that has not come yet, it is known when it comes.
function settleBase(merging: Merging, { base }: Gist, before: Row | undefined): void {
  if (base === null || merging.erased.has(base)) return;
  const id = bytesOf(base);
  if (before && toBase64Url(before.id) === base) return;
  const { sql } = merging.pod;
  const conflict = sql.conflictOf.get(id);
  if (conflict) {
    sql.dropConflict.run(conflict.id);
    sql.eraseEntry.run(conflict.lane, conflict.seq);
    return;
  }
  sql.putReplaced.run(id);
  merging.replaced = true;
}

// Something that is here already was built on it: it never held its key here.
function overtaken(merging: Merging, lane: LaneHead, entry: Whole): void {
  settleBase(merging, entry.envelope, undefined);
  putEntry(merging, lane, entry, entry.envelope.op === 'remove');
  keepRemoval(merging, lane.ref, entry.seq, entry.line.offer && JSON.stringify(entry.line.offer), entry.envelope.op);
}

function rowValues({ pod, persona }: Merging, lane: LaneHead, { seq, id, envelope, body, line }: Whole) {
  const { service, collection, key, at, rev, op, author } = envelope;
  return [pod.last + 1, persona.ref, service, collection, key, lane.ref, seq, at, rev, op, id, author ?? null, body,
    line.salt === undefined ? null : bytesOf(line.salt), line.offer === undefined ? null : JSON.stringify(line.offer)] as const;
}

/** The usual case by far, without a question first: a key that nobody has written. */
function takeNew(merging: Merging, lane: LaneHead, entry: Whole): boolean {
  if (merging.pod.sql.takeRow.run(...rowValues(merging, lane, entry)).changes === 0) return false;
  merging.pod.last++;
  putEntry(merging, lane, entry, true);
  told(merging, lane, entry, undefined);
  return true;
}

function takeWinner(merging: Merging, lane: LaneHead, entry: Whole, before: Row | undefined): void {
  const { pod, persona } = merging;
  const { service, collection, key, base } = entry.envelope;
  settleBase(merging, entry.envelope, before);
  if (before) {
    const payload = pod.sql.payload.get(key, before.lane, before.seq);
    if (before.op === 'remove') keepRemoval(merging, before.lane, before.seq, payload?.offer, 'remove');
    else if (base === toBase64Url(before.id) || isSame(before, lane, entry)) pod.sql.eraseEntry.run(before.lane, before.seq);
    else keepConflict(merging, { ...before, ...payload, salt: payload?.salt ?? null, offer: payload?.offer ?? null });
  }
  putEntry(merging, lane, entry, true);
  pod.sql.putRow.run(...rowValues(merging, lane, entry));
  pod.last++;
  if (before && before.audience !== lane.audience) pod.sql.putMove.run(persona.ref, service, collection, key, before.audience, pod.last);
  told(merging, lane, entry, before);
}

function nameAll({ pod, persona }: Merging, { envelope: { service, collection, key }, blobs }: Whole): void {
  nameBlobs(pod, persona.ref, { service, collection, key, blobs: blobs.filter((blob) => pod.sql.blob.get(persona.ref, service, blob)) });
}

function takeLoser(merging: Merging, lane: LaneHead, entry: Whole, before: Row): void {
  const { envelope, seq, body, line } = entry;
  settleBase(merging, envelope, undefined);
  const keeps = envelope.op === 'remove' || !isSame(before, lane, entry);
  putEntry(merging, lane, entry, keeps);
  const offer = line.offer === undefined ? null : JSON.stringify(line.offer);
  if (envelope.op === 'remove') keepRemoval(merging, lane.ref, seq, offer, 'remove');
  else if (keeps) {
    keepConflict(merging, { ...envelope, lane: lane.ref, seq, id: entry.id, author: envelope.author ?? null, body, salt: bytesOf(line.salt!), offer });
    if (entry.blobs.length > 0) nameAll(merging, entry);
  }
}

// Two devices that said the same have nothing to be asked about.
const isSame = (row: Row, lane: LaneHead, { envelope, body }: Whole): boolean =>
  row.op === 'put' && envelope.op === 'put' && row.body === body && row.audience === lane.audience && row.author === (envelope.author ?? null);

interface Loser {
  service: string; collection: string; key: string; lane: number; seq: number; at: string; rev: number; id: Uint8Array;
  author: string | null; body: string | null; salt: Uint8Array | null; offer: string | null;
}

function keepConflict(merging: Merging, { service, collection, key, lane, seq, at, rev, id, author, body, salt, offer }: Loser): void {
  merging.pod.sql.putConflict.run(merging.persona.ref, service, collection, key, lane, seq, at, rev, id, author, body, salt, offer);
  merging.conflicts++;
}

// The envelope of a remove stays, and names the offer that it was made on.
function keepRemoval({ pod }: Merging, lane: number, seq: number, offer: string | null | undefined, op: string): void {
  if (op === 'remove' && offer != null) pod.sql.putRemoval.run(lane, seq, offer);
}

function told(merging: Merging, lane: LaneHead, entry: Whole, before: Row | undefined): void {
  const { pod, persona } = merging;
  const { envelope, body, blobs } = entry;
  const { service, collection, key, op, at, author } = envelope;
  const name = `${service}/${collection}`;
  const had = persona.counts.get(name);
  if (had !== undefined) persona.counts.set(name, had + (op === 'put' ? 1 : 0) - (before?.op === 'put' ? 1 : 0));
  if (blobs.length > 0 || pod.naming.has(name)) nameAll(merging, entry);
  pod.changes.push({ persona: persona.persona, service, collection, key, pos: pod.last, op, audience: lane.audience, at, author: author ?? null, body });
}
