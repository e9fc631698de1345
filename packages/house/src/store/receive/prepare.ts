import { openLog, Refusal, resumeLog, type EntryLine, type Envelope, type Lane, type LaneLine, type LogWalk, type Signed } from '@commonhold/core';
import type { Pen } from '../pod/draft.ts';
import type { Pod } from '../pod/pod.ts';
import type { LaneHead, PersonaState } from '../pod/types.ts';
import { forked, groupLines, lineRefusal, type LaneLines, type Placed } from './group.ts';
import { bytesOf, laneText, tailOf } from './tail.ts';
import type { Checked, Gist, LaneBatch, ReceiveRules } from './types.ts';

/** What lines are checked against. `pause` lets others have their turn. */
export interface Preparing { pod: Pod; persona: PersonaState; pen: Pick<Pen, 'suite'>; rules: ReceiveRules; pause(): Promise<void> }

/** Entries that are checked in one go: a few milliseconds. */
const SLICE = 100;

/**
 * Checks lines of other devices of a persona, without writing: announcements, chains from where each lane ends here, head
 * signatures, bodies, and what the contracts say. Refuses with the codes of core's `openLog` and of the rules, and
 * `lane_unknown`, `lane_taken`, `lane_differs`, `lane_twice`, `lane_forked`, `lane_gap`, `head_missing`; the field names the line.
 */
export async function prepare(of: Preparing, lines: readonly (LaneLine | EntryLine)[]): Promise<LaneBatch[]> {
  const batches: LaneBatch[] = [];
  for (const group of groupLines(lines)) batches.push(await checkLane(of, group));
  return batches;
}

async function checkLane(of: Preparing, group: LaneLines): Promise<LaneBatch> {
  const { pod, persona } = of;
  const lane = persona.lanes.find((one) => one.device === group.device && laneText(one) === group.lane) ?? null;
  const opened = lane ? resumed(of, lane, group) : announced(of, group);
  const { known, rest } = lane ? split(pod, lane, opened.from, group.entries) : { known: 0, rest: group.entries };
  const fresh: Checked[] = [];
  for (const placed of rest) {
    fresh.push(checkEntry(of, opened.walk, placed));
    if (fresh.length % SLICE === 0) await of.pause();
  }
  const end = fresh.length === 0 ? null : opened.walk.end();
  if (end && !end.ok) throw lineRefusal('invalid', end, rest.at(-1)!.at);
  return { statement: opened.walk.lane, announcement: lane ? null : group.signed as unknown as Signed<Lane>, lane, from: opened.from, fresh, known };
}

interface Opened { walk: LogWalk; from: number }

function announced({ pod, persona, pen, rules }: Preparing, { signed, at, lane }: LaneLines): Opened {
  if (!signed) throw lineRefusal('invalid', { code: 'lane_unknown', message: 'No lane of this device was announced so.' }, at);
  const opened = openLog(pen.suite, signed, persona.keyLog);
  // What the device's key log says that this one does not, it may still be told.
  if (!opened.ok) throw lineRefusal(opened.code === 'head_unknown' ? 'conflict' : 'invalid', opened, at);
  if (pod.sql.laneTaken.get(bytesOf(lane))) throw lineRefusal('conflict', { code: 'lane_taken', message: 'Another device has a lane of this name.' }, at);
  checkRules(() => rules.lane(opened.value.lane), at);
  return { walk: opened.value, from: 0 };
}

const SAID = ['service', 'collection', 'audience'] as const;

function resumed({ pod, persona, pen }: Preparing, lane: LaneHead, { signed, at }: LaneLines): Opened {
  const { statement } = JSON.parse(pod.sql.announcement.get(lane.ref)!.announcement) as Signed<Lane>;
  const said = signed?.['statement'] as Partial<Lane> | undefined;
  if (said && SAID.some((name) => said[name] !== statement[name])) throw lineRefusal('conflict', { code: 'lane_differs', message: 'This lane was announced as another one.' }, at);
  const tail = tailOf(pod, pen.suite, lane);
  return { walk: resumeLog(pen.suite, statement, persona.keyLog, tail), from: tail.seq };
}

/** What is here already, which must be the same, and what is not. */
function split(pod: Pod, lane: LaneHead, from: number, entries: readonly Placed[]): { known: number; rest: readonly Placed[] } {
  const old = entries.filter(({ entry }) => entry.seq <= from);
  if (old.length === 0) return { known: 0, rest: entries };
  const first = old[0]!.entry.seq;
  const held = new Map([...pod.sql.idsBetween.all(lane.ref, first, old.at(-1)!.entry.seq), ...pod.sql.parkedFrom.all(lane.ref, first)].map(({ seq, id }) => [seq, Buffer.from(id.buffer, id.byteOffset, id.length).toString('base64url')]));
  for (const { at, entry } of old) if (held.get(entry.seq) !== entry.id) throw forked(at);
  return { known: old.length, rest: entries.slice(old.length) };
}

function checkEntry({ rules }: Preparing, walk: LogWalk, { at, entry }: Placed): Checked {
  const fed = walk.feed(entry);
  if (!fed.ok) {
    const gap = fed.code === 'wrong_seq' && fed.at === 'seq';
    throw gap ? lineRefusal('conflict', { ...fed, code: 'lane_gap' }, at) : lineRefusal(fed.code === 'head_unknown' ? 'conflict' : 'invalid', fed, at);
  }
  const envelope = fed.value;
  const body = walk.bodyText;
  const blobs = envelope ? checkRules(() => rules.record(envelope, entry, body === null ? 0 : Buffer.byteLength(body)), at) : NONE;
  return { seq: entry.seq, id: walk.id, envelope: envelope && gistOf(envelope, walk.lane), body, blobs, line: entry, why: null, chain: entry.sig === undefined ? null : walk.link };
}

// The lane's own texts where they are the same: an envelope has a copy of each.
const gistOf = ({ key, at, rev, base, op, author }: Envelope, { service, collection, device }: Lane): Gist =>
  ({ service, collection, device, key, at, rev, base, op, ...(author === undefined ? {} : { author }) });

const NONE: readonly string[] = [];

function checkRules<T>(check: () => T, at: number): T {
  try { return check(); } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message, field } = error;
    throw lineRefusal('invalid', { code, message, at: field?.replace(/^\//, '').replaceAll('/', '.') }, at);
  }
}
