import { clockMs, type JsonObject } from '@commonhold/core';
import type { ConflictRow } from '../../store/pod/statements.ts';
import type { ParkedWhy } from '../../store/receive/types.ts';
import { namedAudience } from '../audience.ts';
import type { Home } from '../homes.ts';

/** One of two versions of a record. `at` in ms, `device`: its key; `body` null: it was removed. */
export interface RepairVersion { at: number; device: string; body: JsonObject | null }
/** A record that two devices changed without knowing of each other: the one that holds, and the one that lost. */
export interface Conflict { id: string; service: string; collection: string; key: string; audience: string; kept: RepairVersion; other: RepairVersion }
/** Records of one device in one collection that wait, and until when (ms), if time is all that they wait for. */
export interface Parked {
  id: string; why: ParkedWhy; device: string; label: string | null; service: string; collection: string; count: number; first: number; last: number; until: number | null;
}
/** What waits for a decision, newest first; `more`: beyond the first 200 of each kind. */
export interface Repairs { conflicts: Conflict[]; parked: Parked[]; more: number }

const MOST = 200;

/** What waits in a pod. */
export function repairsOf({ pod, state }: Home, house: string): Repairs {
  const lanes = new Map(state.lanes.map((lane) => [lane.ref, lane]));
  const all = pod.sql.parkedLanes.all().filter(({ lane }) => lanes.has(lane));
  const parked = all.slice(0, MOST).map(({ lane: ref, why, count, first, last, until }): Parked => {
    const { device, service, collection } = lanes.get(ref)!;
    return {
      id: `${ref}.${why}`, why: why as ParkedWhy, device, label: state.keyLog.devices.get(device)?.label ?? null, service, collection,
      count, first: clockMs(first!), last: clockMs(last!), until,
    };
  });
  const found = pod.sql.conflicts.all(state.ref, MOST);
  const conflicts = found.map((row) => conflictOf({ pod, state }, house, lanes, row));
  return { conflicts, parked, more: all.length - parked.length + (pod.sql.conflictCount.get(state.ref)?.n ?? 0) - found.length };
}

type Lanes = ReadonlyMap<number, { device: string; audience: string }>;

function conflictOf({ pod, state }: Home, house: string, lanes: Lanes, row: ConflictRow): Conflict {
  const { id, service, collection, key } = row;
  const other = { at: clockMs(row.at), device: lanes.get(row.lane)?.device ?? state.device, body: bodyOf(row.body) };
  const winner = pod.sql.row.get(state.ref, service, collection, key);
  const kept = winner ? { at: clockMs(winner.at), device: lanes.get(winner.lane)?.device ?? state.device, body: bodyOf(winner.body) } : { ...other, body: null };
  return { id: String(id), service, collection, key, audience: namedAudience(winner?.audience ?? lanes.get(row.lane)?.audience ?? 'only-me', house), kept, other };
}

const bodyOf = (text: string | null): JsonObject | null => (text === null ? null : JSON.parse(text) as JsonObject);
