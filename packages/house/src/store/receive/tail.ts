import { chainNext, fromBase64Url, toBase64Url, type EntryLine, type Envelope, type LogTail, type Suite } from '@commonhold/core';
import type { Pod } from '../pod/pod.ts';
import type { ParkedRow } from '../pod/statements.ts';
import type { LaneHead } from '../pod/types.ts';
import type { Checked } from './types.ts';

/** Where a lane ends, what waits after its head counted in. */
export function tailOf(pod: Pick<Pod, 'sql'>, suite: Suite, lane: LaneHead): LogTail {
  const waiting = pod.sql.parked.all(lane.ref);
  const last = waiting.at(-1);
  const head = last ? (JSON.parse(last.line) as EntryLine).head : pod.sql.headAt.get(lane.ref, lane.seq)?.head;
  const lastAt = waiting.findLast(({ at }) => at !== null)?.at ?? pod.sql.laneClock.get(lane.ref)?.clock ?? '';
  return { seq: last?.seq ?? lane.seq, chain: waiting.reduce((chain, { id }) => chainNext(suite, chain, id), lane.chain), lastAt, head: head ?? '' };
}

/** A parked entry as it was when it was checked. */
export function checkedOf({ seq, why, line }: ParkedRow): Checked {
  const { body, blobs = [], ...entry } = JSON.parse(line) as EntryLine & { body?: string; blobs?: string[] };
  return {
    seq, id: bytesOf(entry.id), blobs, envelope: entry.envelope === undefined ? null : JSON.parse(entry.envelope) as Envelope, body: body ?? null, line: entry, why: why as Checked['why'], chain: null,
  };
}

/** The same as it is kept: the body as its canonical text. */
export const lineOf = ({ line, body, blobs }: Checked): string => JSON.stringify({ ...line, ...(body === null ? {} : { body }), ...(blobs.length === 0 ? {} : { blobs }) });

/** A lane's name as texts. */
export const laneText = ({ lane }: Pick<LaneHead, 'lane'>): string => toBase64Url(lane);

/** Bytes of a text that was checked to be base64url. */
export const bytesOf = (text: string): Uint8Array => fromBase64Url(text)!;
