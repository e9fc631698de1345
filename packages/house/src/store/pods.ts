import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, type Signed, type Suite, verifyKeyLog } from '@commonhold/core';
import { append } from './pod/append.ts';
import type { Draft, Pen } from './pod/draft.ts';
import { makeBatch, type Batch, type Gate, type OnCommit } from './pod/batch.ts';
import { joinContract } from './pod/join-contract.ts';
import { addPersona, openPod } from './pod/open.ts';
import { rejoin, type StandingContract } from './pod/rejoin.ts';
import { signHeads } from './pod/sign-heads.ts';
import type { Signer } from './pod/signer.ts';
import { podStatements, type PodStatements } from './pod/statements.ts';
import type { Pod } from './pod/pod.ts';
import { shelfOf } from './blobs/place.ts';
import { podMigrations } from './pod/migrations.ts';
import { migrate } from '../sqlite/migrate.ts';
import { openSqlite } from '../sqlite/port.ts';
import { storageRefusal } from '../sqlite/storage-refusal.ts';
import { makeSweeper } from './sweep.ts';

/** An open pod with its one way to write; `used` since it was last asked to rest. */
export interface OpenPod extends Pod, Batch { used: boolean }

/** One moment of a pod. */
export interface PodSnapshot { sql: PodStatements; close(): void }

/** All pods standing still. */
export interface Standstill { go(): void; end(): void }

/** What a new pod starts with. */
export interface NewPod {
  id: string;
  persona: string;
  keyLog: readonly Signed[];
  contracts: readonly { service: string; hash: string; text: string }[];
  records: readonly Draft[];
}

/** The pod files of a house: opened on first use, then held open; 300 of them are about 90 MiB and 900 descriptors. */
export interface Pods {
  open(id: string): OpenPod;
  /** Makes the file whole in one transaction, on disk when this returns. Refuses `pod_exists`. */
  create(pod: NewPod): void;
  /** The pods that are open now. */
  held(): readonly OpenPod[];
  /**
   * One moment of all pods: when it resolves, all that anybody was told is on disk, and no pod takes a write until `go`. Until `end`
   * no blob is taken away. One at a time.
   */
  stand(): Promise<Standstill>;
  /** A second, read-only look at one moment of a pod, for slow readers; close it. */
  snapshot(id: string): PodSnapshot;
  /** A pod of nobody, in memory: what is not there is looked for in it. */
  nobody(): Pick<PodStatements, 'row'>;
  /** Whether blobs lie, or ever lay, beside a pod's file. */
  hasBlobs(id: string): boolean;
  /** Moves the file and its blobs into a folder, as `pod.db` and `pod.blobs`; fine when they are there already. */
  moveOut(id: string, folder: string): void;
  /** Whether there is such a file. */
  has(id: string): boolean;
  /** Removes the file and its blobs for good. */
  drop(id: string): void;
  /** Lets the pods that nobody asked for since the last call give back memory; some milliseconds, one pod a turn. */
  rest(): Promise<void>;
  /** Resolves when no write waits for the disk. */
  idle(): Promise<void>;
  close(): void;
}

interface Deps {
  folder: string; suite: Suite; signer: Signer; now(): number; onCommit: OnCommit;
  /** What every pod joins anew when it is opened under an earlier version. */
  standing?: readonly StandingContract[];
  /** Hears what went wrong where nobody waits for an answer. */
  onError?(error: unknown): void;
  /** How often logs are emptied, in ms. */
  sweepMs?: number;
}

/** Opens the folder of pods. */
export function makePods({ folder, suite, signer, now, onCommit, standing = [], onError = () => {}, sweepMs }: Deps): Pods {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const held = new Map<string, OpenPod>();
  // A file that did not verify is not read again and again; it is restored while the house is down.
  const damaged = new Map<string, Refusal>();
  const pen: Pen = { suite, signer, now };
  const still = makeStill(held);
  const pathOf = (id: string) => join(folder, `${id}.db`);
  const hold = (pod: Pod): OpenPod => {
    pod.told = pod.last;
    const opened: OpenPod = Object.assign(pod, makeBatch(pod, pen, onCommit, still.gate), { used: true });
    held.set(pod.id, opened);
    still.joins(opened);
    return opened;
  };
  const openHeld = (id: string): OpenPod => {
    const known = damaged.get(id);
    if (known) throw known;
    try { return hold(openCurrent(pathOf(id), id, pen, standing)); } catch (error) {
      const refusal = storageRefusal(error);
      if (refusal instanceof Refusal && refusal.code === 'pod_damaged') damaged.set(id, refusal);
      throw refusal;
    }
  };
  const sweeper = makeSweeper(() => held.values(), onError, sweepMs);
  return {
    open: (id) => {
      const pod = held.get(id);
      if (!pod) return openHeld(id);
      pod.used = true;
      return pod;
    },
    create: (fresh) => {
      if (held.has(fresh.id)) throw podExists();
      const pod = openPod(pathOf(fresh.id), fresh.id, pen);
      if (pod.personas.size > 0) { pod.db.close(); throw podExists(); }
      try { found(pod, pen, fresh); } catch (error) { pod.db.close(); erase(pathOf(fresh.id)); throw error; }
      const changes = pod.changes;
      pod.changes = [];
      hold(pod);
      onCommit(changes);
    },
    held: () => [...held.values()],
    stand: still.stand,
    snapshot: (id) => snapshotOf(pathOf(id)),
    nobody: lazily(nobodysPod),
    hasBlobs: (id) => existsSync(shelfOf(pathOf(id))),
    has: (id) => held.has(id) || existsSync(pathOf(id)),
    moveOut: (id, to) => { letGo(held, damaged, id); moveFiles(pathOf(id), to); },
    drop: (id) => { letGo(held, damaged, id); dropFiles(pathOf(id)); },
    rest: () => restOf(held.values()),
    idle: async () => { await Promise.all([...held.values()].map((pod) => pod.idle())); },
    close: () => {
      sweeper.close();
      closeAll(held);
    },
  };
}

/** How all pods stand still, and those that are opened meanwhile. */
function makeStill(held: ReadonlyMap<string, OpenPod>): { gate: Gate; joins(pod: OpenPod): void; stand(): Promise<Standstill> } {
  const gate: Gate = { shut: null };
  let shelves: (() => void)[] | null = null;
  return {
    gate,
    joins: (pod) => { shelves?.push(pod.shelf.hold()); },
    stand: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate.shut = promise;
      shelves = [...held.values()].map((pod) => pod.shelf.hold());
      await Promise.all([...held.values()].map((pod) => pod.landed()));
      const go = (): void => { gate.shut = null; resolve(); };
      return { go, end: () => { go(); for (const release of shelves?.splice(0) ?? []) release(); shelves = null; } };
    },
  };
}

function snapshotOf(path: string): PodSnapshot {
  const db = openSqlite(path, { durability: 'full' });
  try {
    db.exec('PRAGMA query_only=ON; BEGIN');
    const sql = podStatements(db);
    // A transaction that only begins has seen nothing yet.
    sql.last.get();
    return { sql, close: () => db.close() };
  } catch (error) { db.close(); throw error; }
}

async function restOf(pods: Iterable<OpenPod>): Promise<void> {
  for (const pod of pods) {
    if (!pod.used) pod.db.rest();
    pod.used = false;
    await new Promise(setImmediate);
  }
}

function closeAll(held: Map<string, OpenPod>): void {
  for (const pod of held.values()) pod.close();
  held.clear();
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function nobodysPod(): PodStatements {
  const db = openSqlite(':memory:', { durability: 'normal' });
  migrate(db, podMigrations);
  return podStatements(db);
}

function openCurrent(path: string, id: string, pen: Pen, standing: readonly StandingContract[]): Pod {
  const pod = openPod(path, id, pen);
  try { rejoin(pod, pen, standing); } catch (error) { pod.db.close(); throw error; }
  // Opened for its position alone, as most are at boot: the next one to be opened takes over what it used.
  pod.db.rest();
  return pod;
}

const podExists = (): Refusal => new Refusal('conflict', 'pod_exists', 'There is a pod of this name already.');

function letGo(held: Map<string, OpenPod>, damaged: Map<string, Refusal>, id: string): void {
  damaged.delete(id);
  const pod = held.get(id);
  held.delete(id);
  // All of it in the one file, whatever becomes of that.
  pod?.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  pod?.close();
}

// The file last: while it is here, there is something to be moved.
function moveFiles(path: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const [from, name] of [[shelfOf(path), 'pod.blobs'], ...['-wal', '-shm', ''].map((end) => [path + end, `pod.db${end}`] as const)] as const) {
    if (existsSync(from) && !existsSync(join(to, 'pod.db'))) renameSync(from, join(to, name));
  }
}

// The bytes first: a folder without its pod would be nobody's.
function dropFiles(path: string): void {
  rmSync(shelfOf(path), { recursive: true, force: true });
  erase(path);
}

function erase(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(path + end, { force: true });
}

function found(pod: Pod, pen: Pen, { persona, keyLog, contracts, records }: NewPod): void {
  const verdict = verifyKeyLog(pen.suite, [...keyLog]);
  if (!verdict.ok) throw new Refusal('invalid', verdict.code, verdict.message, { field: 'keyLog' });
  if (verdict.value.persona !== persona) throw new Refusal('invalid', 'wrong_persona', 'The key log belongs to another persona.', { field: 'keyLog' });
  pod.db.transaction(() => {
    const device = Buffer.from(pen.signer.device(persona)).toString('base64url');
    const state = addPersona(pod, pen, { persona, device, keyLog });
    for (const contract of contracts) joinContract(pod, state, pen, contract);
    for (const record of records) append(pod, state, pen, record);
    signHeads(pod, pen);
  });
}
