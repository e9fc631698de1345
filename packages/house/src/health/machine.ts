import { existsSync, readdirSync, readFileSync, statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname } from 'node:path';
import { act, good, watch, type Tile } from './tile.ts';

const ROOM_ACT = 100_000_000;
const ROOM_WATCH = 1_000_000_000;
const MEMORY_WATCH = 100 * 2 ** 20;
/** Three descriptors a pod (file, log, index), and some for people. */
const DESCRIPTORS = 2048;
/** Of its limit, beyond which a house is about to be out of them. */
const NEARLY = 0.9;
/** When this was written: a clock before it is surely wrong. */
const WRITTEN = Date.UTC(2026, 0, 1);
const YEARS = 20 * 365 * 86_400_000;
const AHEAD_WATCH = 30_000;
const AHEAD_ACT = 300_000;

/** Room to write; a full disk stops every write. */
export function disk(data: string): Tile {
  const { bavail, bsize, blocks } = statfsSync(existing(data));
  const facts = { free: bavail * bsize, of: blocks * bsize };
  if (facts.free < ROOM_ACT) return act('disk', 'disk_full', facts);
  return facts.free < ROOM_WATCH ? watch('disk', 'disk_low', facts) : good('disk', 'disk_room', facts);
}

/** The folder itself or the nearest one above it that exists. */
export function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}

/** What the house takes of the machine's memory, and what the machine has left. */
export function memory(used = process.memoryUsage.rss(), free = process.availableMemory()): Tile {
  const facts = { used, free, of: process.constrainedMemory() || totalmem() };
  return free < MEMORY_WATCH ? watch('memory', 'memory_low', facts) : good('memory', 'memory_room', facts);
}

/** Enough open files for 300 pods; Node raises the soft limit to the hard one by itself. Of a running house, what it has left of its own. */
export function descriptors(pid?: number, limit = openFiles()): Tile {
  const used = pid === undefined ? null : openOf(pid);
  if (used && used.open > used.limit * NEARLY) return act('descriptors', 'descriptors_out', { ...used, pid: pid! });
  // JSON knows no infinity.
  const facts = { open: used?.open ?? 0, limit: Number.isFinite(limit) ? limit : 0, need: DESCRIPTORS };
  return limit >= DESCRIPTORS ? good('descriptors', 'descriptors_room', facts) : watch('descriptors', 'descriptors_few', facts);
}

// Linux tells, and only of one's own processes.
function openOf(pid: number): { open: number; limit: number } | null {
  try {
    const limit = /^Max open files\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1];
    return { open: readdirSync(`/proc/${pid}/fd`).length, limit: limit === undefined ? Infinity : Number(limit) };
  } catch { return null; }
}

function openFiles(): number {
  // Without this the report asks the name server about every open connection.
  Object.assign(process.report, { excludeNetwork: true });
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Infinity;
}

/** A clock far off makes records that others will not take. `ahead`: by how many ms it was before somebody else's, where one was heard. */
export function clock(now = Date.now(), ahead: number | null = null): Tile {
  const facts = { now, ahead: Math.round(Math.abs(ahead ?? 0) / 1000) };
  if (now < WRITTEN || now > WRITTEN + YEARS) return act('clock', 'clock_wrong', facts);
  if (Math.abs(ahead ?? 0) > AHEAD_ACT) return act('clock', 'clock_off', facts);
  return Math.abs(ahead ?? 0) > AHEAD_WATCH ? watch('clock', 'clock_off', facts) : good('clock', ahead === null ? 'clock_plausible' : 'clock_right', facts);
}
