import { Refusal, type EntryLine, type JsonObject, type LaneLine } from '@commonhold/core';

/** An entry and the number of its line, counted from 0. */
export interface Placed { at: number; entry: EntryLine }
/** What a call says of one lane of one device, entries by `seq`. */
export interface LaneLines { lane: string; device: string; at: number; signed: JsonObject | null; entries: Placed[] }

/** What is wrong, and in which line. */
export const lineRefusal = (kind: 'invalid' | 'conflict', { code, message, at }: { code: string; message: string; at?: string | undefined }, line: number): Refusal =>
  new Refusal(kind, code, message, { field: `lines[${line}]${at === undefined ? '' : `.${at}`}` });

const nameOf = (lane: unknown, device: unknown): string => `${String(lane)} ${String(device)}`;

/** Sorts lines by lane and number, in whatever order they came. Refuses `lane_twice`, `lane_forked` (two different records of one number). */
export function groupLines(lines: readonly (LaneLine | EntryLine)[]): LaneLines[] {
  const groups = new Map<string, LaneLines>();
  let last: LaneLines | undefined;
  const of = (lane: unknown, device: unknown, at: number): LaneLines => {
    if (!last || last.lane !== lane || last.device !== device) last = find(lane, device, at);
    return last;
  };
  const find = (lane: unknown, device: unknown, at: number): LaneLines => {
    const had = groups.get(nameOf(lane, device));
    if (had) return had;
    const made: LaneLines = { lane: String(lane), device: String(device), at, signed: null, entries: [] };
    groups.set(nameOf(lane, device), made);
    return made;
  };
  lines.forEach((line, at) => {
    if (line.type === 'entry') { of(line.lane, line.device, at).entries.push({ at, entry: line }); return; }
    const { lane, device } = (line.signed['statement'] ?? {}) as JsonObject;
    const group = of(lane, device, at);
    if (group.signed) throw lineRefusal('invalid', { code: 'lane_twice', message: 'This lane was announced before.' }, at);
    group.signed = line.signed;
    group.at = at;
  });
  return [...groups.values()].map((group) => ({ ...group, entries: ordered(group.entries) }));
}

function ordered(entries: readonly Placed[]): Placed[] {
  const sorted = entries.every(({ entry }, i) => i === 0 || entries[i - 1]!.entry.seq < entry.seq) ? [...entries] : entries.toSorted((a, b) => a.entry.seq - b.entry.seq || a.at - b.at);
  return sorted.filter(({ at, entry }, i) => {
    const before = sorted[i - 1]?.entry;
    if (before?.seq !== entry.seq) return true;
    if (before.id === entry.id) return false;
    throw forked(at);
  });
}

/** Two histories of one device in one lane: nobody can say which is the true one. */
export const forked = (at: number): Refusal => lineRefusal('conflict', {
  code: 'lane_forked', at: 'id', message: 'This device wrote something else under this number before. Its lane cannot be continued: remove the device, and add it anew.',
}, at);
