import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, Refusal } from '@commonhold/core';
import { openSqlite, type Sqlite } from '../sqlite/port.ts';

/** What the holder of a data folder says of itself, for the command line and for a second start. */
export interface Holder { pid: number; socket: string | null; port: number | null; url: string | null }

/** One process per data folder. */
export interface FolderLock {
  /** Says where the house can be reached by now. */
  tell(holder: Omit<Holder, 'pid'>): void;
  /** True when the last holder ended without letting go, and nobody has looked closely at the files since. */
  readonly crashed: boolean;
  /** Whether the next holder shall look closely; as after a crash until told otherwise. */
  doubt(on: boolean): void;
  release(): void;
}

/** SQLITE_BUSY: somebody else holds the lock. */
const BUSY = 5;
const SAYS = 'house.lock';

/**
 * Takes a data folder for this process, or refuses (`folder_taken`) and says who holds it.
 * The lock is the operating system's, on `lock.db`: it ends with the process however that ends, so no stale one is ever left.
 */
export function lockFolder(folder: string): FolderLock {
  let db: Sqlite | undefined;
  try {
    db = openSqlite(join(folder, 'lock.db'), { durability: 'normal' });
    db.exec('PRAGMA busy_timeout=0; PRAGMA journal_mode=DELETE; PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE;');
  } catch (error) {
    db?.close();
    if ((error as { errcode?: number }).errcode !== BUSY) throw error;
    const holder = readHolder(folder);
    const who = holder ? `process ${holder.pid}${holder.url ? ` (${holder.url})` : ''}` : 'another process';
    throw new Refusal('unavailable', 'folder_taken', `The data folder ${folder} is in use by ${who}. Stop it first, or choose another folder with COMMONHOLD_DATA.`, { cause: error });
  }
  const held = db;
  const path = join(folder, SAYS);
  const tell: FolderLock['tell'] = (holder) => writeFileSync(path, JSON.stringify({ pid: process.pid, ...holder }), { mode: 0o600 });
  const crashed = existsSync(path);
  let doubted = crashed;
  tell({ socket: null, port: null, url: null });
  return {
    tell, crashed,
    doubt: (on) => { doubted = on; },
    release: () => {
      if (!doubted) rmSync(path, { force: true });
      held.close();
    },
  };
}

/** Whether some process holds a folder that is there. */
export function isHeld(folder: string): boolean {
  if (!existsSync(join(folder, 'lock.db'))) return false;
  try { lockFolder(folder).release(); } catch (error) { return error instanceof Refusal; }
  return false;
}

/** What the last holder of a folder said of itself, or null. It may be gone since: only a connection tells. */
export function readHolder(folder: string): Holder | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, SAYS), 'utf8'));
    if (!isObject(value) || typeof value['pid'] !== 'number') return null;
    const text = (name: string) => (typeof value[name] === 'string' ? value[name] : null);
    return { pid: value['pid'], socket: text('socket'), port: typeof value['port'] === 'number' ? value['port'] : null, url: text('url') };
  } catch {
    return null;
  }
}
