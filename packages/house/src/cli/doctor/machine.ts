import { readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { ill, note, well, type Finding } from './finding.ts';

/** Three descriptors a pod (file, log, index), and some for people. */
const DESCRIPTORS = 2048;
/** Of its limit, beyond which a house is about to be out of them. */
const NEARLY = 0.9;
/** When this was written: a clock before it is surely wrong. */
const WRITTEN = Date.UTC(2026, 0, 1);
const YEARS = 20 * 365 * 86_400_000;

/** Node new enough to run the sources. */
export function node(version = process.versions.node): Finding {
  return Number(version.split('.')[0]) >= 24
    ? well('Node', version)
    : ill('Node', version, 'Start by "npm start" or "npx commonhold", which bring Node 24 along.');
}

/** Enough open files for 300 pods; Node raises the soft limit to the hard one by itself. Of a running house, what it has left of its own. */
export function descriptors(pid?: number, limit = openFiles()): Finding {
  const used = pid === undefined ? null : openOf(pid);
  if (used && used.open > used.limit * NEARLY) {
    return ill('Descriptors', `the house has ${used.open} of ${used.limit} files open`, `Raise its limit: prlimit --pid ${pid} --nofile=4096 (and "ulimit -n 4096" before the next start).`);
  }
  const says = limit === Infinity ? 'no limit' : `${limit} open files`;
  if (limit >= DESCRIPTORS) return well('Descriptors', says);
  return note('Descriptors', says, `A full house needs ${DESCRIPTORS}: raise the limit, e.g. by "ulimit -n ${DESCRIPTORS}" before the start.`);
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

/** A clock far off makes records that others will not take. */
export function clock(now = Date.now()): Finding {
  const says = new Date(now).toISOString().replace('T', ' ').slice(0, 19);
  return now > WRITTEN && now < WRITTEN + YEARS
    ? well('Clock', `${says} UTC`)
    : ill('Clock', `${says} UTC`, 'The clock of this machine is wrong. Set it before anybody writes.');
}

/** Addresses that phones in the same network could use. */
export function network(interfaces = networkInterfaces()): Finding {
  const found = Object.values(interfaces).flatMap((list) => list ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && isPrivate(address))
    .map(({ address }) => address);
  if (found.length > 0) return well('Network', found.join(', '));
  return note('Network', 'no address in a local network', 'Join a Wi-Fi or plug in a cable if others should reach this house.');
}

const isPrivate = (address: string): boolean => /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)/.test(address);
