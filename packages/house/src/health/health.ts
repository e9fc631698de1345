import { randomBytes } from 'node:crypto';
import type { CertificateKeeper } from '../acme/keeper.ts';
import { clock, descriptors, disk, memory } from './machine.ts';
import { certificate, dns, ports, theOutside, type Outside } from './reach.ts';
import { act, good, watch, type Tile } from './tile.ts';

const DAY = 86_400_000;
/** Asked of the outside so often at most, however many stewards look. */
const FRESH_MS = 30_000;

/** The last backup: when, whether it went well, when the last one that did was, and when a restore of one was last tried. */
export interface LastBackup { at: number; ok: boolean; good: number | null; drilledAt: number | null }

/** What it is made of. */
export interface HealthDeps {
  data: string;
  /** The house's own id. */
  id: string;
  /** The address on the internet, or null. */
  origin: string | null;
  certificate: CertificateKeeper | null;
  /** Pods from which something waits to be tried again. */
  waiting(): number;
  lastBackup(): LastBackup | null;
  now(): number;
  outside?: Outside;
}

/** How the house is. */
export interface Health { look(): Promise<Tile[]> }

/** Looks at machine, house and reach: the same findings for the stewards' page and for `commonhold doctor`. */
export function makeHealth(deps: HealthDeps): Health {
  let reach: { at: number; tiles: Promise<Tile[]> } | null = null;
  return {
    look: async () => {
      if (reach === null || Math.abs(deps.now() - reach.at) > FRESH_MS) reach = { at: deps.now(), tiles: lookOutside(deps) };
      const ahead = deps.certificate?.state.ahead ?? null;
      return [
        ...(deps.certificate ? [certificate(deps.certificate.state, deps.now())] : []), ...await reach.tiles,
        backup(deps.lastBackup(), deps.now()), disk(deps.data), memory(), queue(deps.waiting()), clock(deps.now(), ahead), descriptors(process.pid),
      ];
    },
  };
}

async function lookOutside({ origin, id, certificate: keeper, outside = theOutside }: HealthDeps): Promise<Tile[]> {
  if (origin === null) return [];
  const { hostname } = new URL(origin);
  const token = `house-${randomBytes(16).toString('hex')}`, words = randomBytes(16).toString('hex');
  const bare = keeper !== null && keeper.state.certificate === null;
  const hide = bare ? keeper.show(token, words) : () => {};
  try {
    return await Promise.all([dns(hostname, outside), ports({ origin, id, plain: bare ? { url: `http://${hostname}/.well-known/acme-challenge/${token}`, words } : null }, outside)]);
  } finally { hide(); }
}

/** What could not be handed over at once is tried again by itself. */
const queue = (waiting: number): Tile => (waiting === 0 ? good('queue', 'queue_empty') : good('queue', 'queue_waits', { pods: waiting }));

/** A house without a fresh backup is one disk away from its end. */
export function backup(last: LastBackup | null, now: number): Tile {
  if (last === null) return watch('backup', 'backup_none');
  const days = last.good === null ? 0 : Math.floor((now - last.good) / DAY);
  const facts = { days, at: last.good ?? last.at, ...(last.drilledAt !== null && { drilled: last.drilledAt }) };
  if (last.good === null || (!last.ok && days > 2)) return act('backup', 'backup_failed', facts);
  if (!last.ok) return watch('backup', 'backup_failed', facts);
  if (days > 2) return days > 7 ? act('backup', 'backup_old', facts) : watch('backup', 'backup_old', facts);
  return last.drilledAt === null ? good('backup', 'backup_fresh', facts) : good('backup', 'backup_drilled', facts);
}
