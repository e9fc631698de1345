import { blobsIn, Refusal, type EntryLine, type Json } from '@commonhold/core';
import { nameBlobs } from '../../store/pod/blobs.ts';
import type { Pen } from '../../store/pod/draft.ts';
import type { ConflictRow } from '../../store/pod/statements.ts';
import type { LaneHead } from '../../store/pod/types.ts';
import { stripParked } from '../../store/receive/strip.ts';
import { checkedOf } from '../../store/receive/tail.ts';
import type { Checked } from '../../store/receive/types.ts';
import type { Access } from '../access.ts';
import { namedAudience } from '../audience.ts';
import type { Home } from '../homes.ts';
import { makeTransactor, type Transactor } from '../transactor.ts';

/** What is done about a conflict (keep, other, both) or about what waits (accept, drop). */
export type Choice = 'keep' | 'other' | 'both' | 'accept' | 'drop';

/** One decision, inside a write. */
export interface Deciding { home: Home; pen: Pen; house: string; open(service: string): Access | null }

/** Carries out a choice. Refuses `repair_unknown`, `bad_choice`, and what a write refuses. */
export function choose(deciding: Deciding, id: string, choice: Choice): void {
  const { pod, state } = deciding.home;
  const conflict = /^\d{1,15}$/.test(id) ? pod.sql.conflict.get(Number(id)) : undefined;
  if (conflict?.persona === state.ref) { decideConflict(deciding, conflict, choice); return; }
  const [, ref, why] = /^(\d{1,15})\.(ahead|after_close|unseen)$/.exec(id) ?? [];
  const lane = state.lanes.find((one) => String(one.ref) === ref);
  const waiting = lane ? pod.sql.parked.all(lane.ref).filter((row) => row.why === why && row.at !== null).map(checkedOf) : [];
  if (!lane || waiting.length === 0) throw new Refusal('not_found', 'repair_unknown', 'There is nothing to decide here any more.');
  decideParked(deciding, lane, waiting, choice);
}

const badChoice = (): Refusal => new Refusal('conflict', 'bad_choice', 'That cannot be done about this one.', { field: '/choose' });

function writerOf({ pen, house, open }: Deciding, service: string): { access: Access; tx: Transactor } {
  const access = open(service);
  if (!access) throw badChoice();
  return { access, tx: makeTransactor(access, pen, house, Infinity) };
}

function decideConflict(deciding: Deciding, { id, service, collection, key, lane, seq, author, body }: ConflictRow, choice: Choice): void {
  const { home: { pod, state }, house } = deciding;
  if (choice === 'accept' || choice === 'drop') throw badChoice();
  pod.sql.dropConflict.run(id);
  pod.sql.eraseEntry.run(lane, seq);
  if (choice === 'keep') { noteBlobs(deciding, { service, collection, key }); return; }
  // What another persona made carries their word for it: it cannot be said anew in their name.
  if (author !== null) throw badChoice();
  const { access, tx } = writerOf(deciding, service);
  const kind = access.contract.compiled.collections.get(collection)?.kind;
  if (choice === 'both' && kind !== 'list') throw badChoice();
  const audience = namedAudience(state.lanes.find(({ ref }) => ref === lane)?.audience ?? 'only-me', house);
  tx.put(collection, { ...(choice === 'both' ? {} : { key }), body: JSON.parse(body) as Json, audience });
  noteBlobs(deciding, { service, collection, key });
}

function decideParked(deciding: Deciding, lane: LaneHead, waiting: readonly Checked[], choice: Choice): void {
  if (choice !== 'accept' && choice !== 'drop') throw badChoice();
  if (choice === 'accept') for (const entry of waiting) acceptOne(deciding, lane, entry);
  const { home: { pod, state }, pen } = deciding;
  stripParked(pod, state, pen, { lane, entries: waiting.map(({ seq, line }): EntryLine => ({ ...line, seq })) });
  for (const { envelope } of waiting) if (envelope) noteBlobs(deciding, envelope);
}

function acceptOne(deciding: Deciding, { service, collection, audience }: LaneHead, { envelope, body }: Checked): void {
  // What another persona offered was theirs to say, at that time alone.
  if (!envelope || envelope.author !== undefined) return;
  const { tx } = writerOf(deciding, service);
  if (envelope.op === 'remove') tx.remove(collection, envelope.key);
  else tx.put(collection, { key: envelope.key, body: JSON.parse(body ?? 'null') as Json, audience: namedAudience(audience, deciding.house) });
}

interface Keyed { service: string; collection: string; key: string }

/** Notes anew which blobs a key names, once something that named some is decided: what nothing names any more goes. */
function noteBlobs({ home: { pod, state }, open }: Deciding, { service, collection, key }: Keyed): void {
  const compiled = open(service)?.contract.compiled;
  if (!compiled || !pod.naming.has(`${service}/${collection}`)) return;
  const row = pod.sql.row.get(state.ref, service, collection, key);
  const bodies = [row?.body ?? null, ...pod.sql.conflictsOfKey.all(state.ref, service, collection, key).map(({ body }) => body)].filter((body) => body !== null);
  const blobs = bodies.flatMap((body) => blobsIn(compiled, collection, JSON.parse(body) as Json).map(({ blob }) => blob));
  nameBlobs(pod, state.ref, { service, collection, key, blobs: blobs.filter((blob) => pod.sql.blob.get(state.ref, service, blob)) });
}
