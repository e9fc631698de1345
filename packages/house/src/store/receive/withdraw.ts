import { toBase64Url, type Envelope, type EntryLine, type Json } from '@commonhold/core';
import { closedAt } from '../pod/closes.ts';
import type { Pen } from '../pod/draft.ts';
import { payloadOf } from '../pod/payload.ts';
import type { Pod } from '../pod/pod.ts';
import type { EntryRow, PayloadRow } from '../pod/statements.ts';
import type { LaneHead, PersonaState } from '../pod/types.ts';
import { chainFrom } from './chain.ts';
import { laneText } from './tail.ts';

/**
 * Sets aside what counted in a lane beyond what the revoker of its device vouches for: it is as if it had not come in yet. What it
 * had replaced is gone, so that such a key holds nothing until the person decides. Inside a transaction only.
 */
export function withdraw(pod: Pod, persona: PersonaState, { suite }: Pen, lane: LaneHead): void {
  const close = persona.keyLog.devices.get(lane.device)?.revokedAt === undefined ? null : closedAt(pod, persona, { device: lane.device, lane: laneText(lane) });
  if (!close || close.seq > lane.seq) return;
  const entries = pod.sql.entries.all(lane.ref);
  const start = chainFrom(suite, persona.persona, lane);
  // Another history than the one that was closed: nobody vouches for any of it.
  const good = toBase64Url(start(entries.slice(0, close.seq))) === close.chain ? close.seq : 0;
  if (good === lane.seq) return;
  for (const entry of entries.slice(good)) setAside(pod, persona, lane, entry);
  const last = entries.slice(0, good).findLast(({ envelope }) => envelope !== null);
  lane.seq = good;
  lane.chain = start(entries.slice(0, good));
  pod.sql.moveLane.run(lane.seq, lane.chain, last ? (JSON.parse(last.envelope!) as Envelope).at : '', lane.ref);
  pod.sql.cutEntries.run(lane.ref, good);
  persona.counts.clear();
}

function setAside(pod: Pod, persona: PersonaState, lane: LaneHead, { seq, id, sig, head, envelope }: EntryRow): void {
  const bare: EntryLine = {
    type: 'entry', lane: laneText(lane), device: lane.device, seq, id: toBase64Url(id), ...(sig === null ? {} : { sig: toBase64Url(sig) }), ...(head === null ? {} : { head }),
  };
  if (envelope === null) { pod.sql.park.run(lane.ref, seq, id, 'after_close', null, null, JSON.stringify(bare)); return; }
  const { at, key, service, collection, author } = JSON.parse(envelope) as Envelope;
  const line = { ...bare, envelope, ...besides(payloadOf(pod.sql, { lane: lane.ref, seq, key })) };
  pod.sql.park.run(lane.ref, seq, id, 'after_close', at, null, JSON.stringify(line));
  const row = pod.sql.row.get(persona.ref, service, collection, key);
  const conflict = pod.sql.conflictAt.get(lane.ref, seq);
  if (conflict) pod.sql.dropConflict.run(conflict.id);
  if (row?.lane !== lane.ref || row.seq !== seq) return;
  pod.sql.dropRow.run(row.pos);
  // A place of its own, so that whoever comes back later hears of it, too.
  const pos = ++pod.last;
  pod.sql.local.put.run(pos, persona.ref, service, collection, key, at, 'remove', id, null);
  pod.sql.putMove.run(persona.ref, service, collection, key, lane.audience, pos);
  pod.changes.push({ persona: persona.persona, service, collection, key, pos, op: 'remove', audience: lane.audience, at, author: author ?? null, body: null });
}

const besides = (payload: PayloadRow | undefined): object => ({
  ...(payload?.body == null ? {} : { body: payload.body }), ...(payload?.salt == null ? {} : { salt: toBase64Url(payload.salt) }),
  ...(payload?.offer == null ? {} : { offer: JSON.parse(payload.offer) as Json }),
});
