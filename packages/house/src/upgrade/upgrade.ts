import { closeSync, constants, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from '@commonhold/core';
import { writeDurably } from '../config/durably.ts';
import { upgradeLog, upgradePod } from '../firewall/upgrade.ts';
import { upgradeHouseDb } from '../household/upgrade.ts';
import { openSqlite } from '../sqlite/port.ts';
import { upgradeFailed } from '../sqlite/upgrade.ts';
import { filesIn, isOlder, readFormat, writeFormat } from './format.ts';

/** Where the files are brought up to date, where those from before lie afterwards, and what says how far that is. */
const BESIDE = 'upgrading', BEFORE = 'before-upgrade', MARK = 'upgrade.step';
/** How long those from before are kept (ms): what somebody takes back is in them until then. */
const KEPT_MS = 3 * 86_400_000;

/** Files done of all. */
export type OnFile = (done: number, of: number) => void;

/** A folder whose files were exchanged for newer ones, on trial until one of the two is called. */
export interface Trial {
  /** They work: they stay. */
  passed(): void;
  /** They do not: everything is as it was. The refusal to end with (`upgrade_failed`), or what was wrong with the disk. */
  failed(why: unknown): unknown;
}

const UPGRADES = { house: upgradeHouseDb, log: upgradeLog, pod: upgradePod };

/** Brings all files of a folder up to date where they lie, for a folder that can be thrown away. Refuses as `upgradeFile`. */
export function upgradeFiles(folder: string, onFile: OnFile = () => {}): void {
  const files = filesIn(folder);
  for (const [n, { path, kind }] of files.entries()) { onFile(n, files.length); UPGRADES[kind](join(folder, path)); }
  onFile(files.length, files.length);
  writeFormat(folder);
}

/**
 * Takes in an older data folder, its lock being held: copies are brought up to date beside it and looked at, and only then take the
 * place of the files, which are kept. Cut off anywhere, the next start goes on or goes back. Null: there is nothing to do.
 * Refuses `newer_data`, `upgrade_failed`, `no_space`; the folder is then as it was.
 */
export function upgradeFolder(data: string, now: number, onFile?: OnFile): Trial | null {
  const step = existsSync(join(data, MARK)) ? readFileSync(join(data, MARK), 'utf8') : null;
  if (step === 'in') exchange(data);
  // Whoever was on trial did not come to an end.
  else if (step !== null) goBack(data);
  else rmSync(join(data, BESIDE), { recursive: true, force: true });
  const older = isOlder(data);
  if (step !== 'in' && !older) { forget(data, now); return null; }
  if (older) {
    makeBeside(data, onFile);
    rmSync(join(data, BEFORE), { recursive: true, force: true });
    writeDurably(join(data, MARK), 'in');
    exchange(data);
  }
  return {
    passed: () => rmSync(join(data, MARK), { force: true }),
    failed: (why) => {
      goBack(data);
      return why instanceof Refusal && why.code !== 'newer_data' && why.code !== 'file_damaged' ? why : upgradeFailed('the house does not open with it', why);
    },
  };
}

/** What there is to go back to: which program wrote it, and until when (ms) it is kept. */
export interface Before { program: string; until: number }

/** What a folder was before its last upgrade; null where that is not kept, or the upgrade is not through. */
export function beforeUpgrade(data: string): Before | null {
  const kept = statSync(join(data, BEFORE), { throwIfNoEntry: false });
  return kept && !existsSync(join(data, MARK)) ? { program: readFormat(join(data, BEFORE))?.program ?? '0.1.0', until: kept.ctimeMs + KEPT_MS } : null;
}

/** The refusal where nothing is kept. */
export const nothingBefore = (): Refusal => new Refusal('not_found', 'nothing_before', 'What this folder was before an upgrade is not kept here, or no longer. A backup from before can be restored.');

/** Makes a folder what it was before its upgrade; what was written since is gone. Refuses `nothing_before`. */
export function undoUpgrade(data: string): void {
  if (!existsSync(join(data, BEFORE))) throw nothingBefore();
  goBack(data);
}

function makeBeside(data: string, onFile?: OnFile): void {
  const beside = join(data, BESIDE), files = filesIn(data), bytes = files.reduce((sum, { path }) => sum + statSync(join(data, path)).size, 0);
  const { bavail, bsize } = statfsSync(data);
  if (bavail * bsize < bytes * 1.2) throw new Refusal('unavailable', 'no_space', `To bring the data folder up to date its disk needs ${Math.ceil(bytes * 1.2 / 1024 ** 2)} MiB of room, since the files from before are kept. Nothing was changed. Make room, then start again.`);
  try {
    for (const { path } of files) {
      settle(join(data, path));
      mkdirSync(dirname(join(beside, path)), { recursive: true, mode: 0o700 });
      copyFileSync(join(data, path), join(beside, path), constants.COPYFILE_FICLONE);
    }
    upgradeFiles(beside, onFile);
    for (const path of below(beside)) sync(join(beside, path));
  } catch (error) { rmSync(beside, { recursive: true, force: true }); throw error; }
}

// What a crash left in its log comes into the file, so that the file alone is all. A damaged one stays as it is.
function settle(path: string): void {
  try { openSqlite(path, { durability: 'full' }).close(); } catch { /* whoever opens it says so */ }
}

// One file after the other: what lies beside takes the place of what is there, and that goes where it is kept.
function exchange(data: string): void {
  const beside = join(data, BESIDE), before = join(data, BEFORE);
  const paths = existsSync(beside) ? below(beside) : [];
  for (const path of paths) {
    mkdirSync(dirname(join(before, path)), { recursive: true, mode: 0o700 });
    if (existsSync(join(data, path))) move(join(data, path), join(before, path));
    move(join(beside, path), join(data, path));
  }
  sync(data);
  rmSync(beside, { recursive: true, force: true });
  writeDurably(join(data, MARK), 'trial');
}

function goBack(data: string): void {
  const before = join(data, BEFORE);
  writeDurably(join(data, MARK), 'back');
  const paths = existsSync(before) ? below(before) : [];
  // A folder from before folders said their format has none.
  if (!paths.includes('format.json')) rmSync(join(data, 'format.json'), { force: true });
  for (const path of paths) move(join(before, path), join(data, path));
  for (const end of ['', '-wal', '-shm']) rmSync(join(data, `views.db${end}`), { force: true });
  sync(data);
  rmSync(before, { recursive: true, force: true });
  rmSync(join(data, MARK), { force: true });
}

/** Lets go of what was kept once it has had its time. */
export function forget(data: string, now: number): void {
  const kept = statSync(join(data, BEFORE), { throwIfNoEntry: false });
  if (kept && kept.ctimeMs + KEPT_MS < now) rmSync(join(data, BEFORE), { recursive: true, force: true });
}

function move(from: string, to: string): void {
  for (const end of ['-wal', '-shm']) rmSync(to + end, { force: true });
  renameSync(from, to);
}

const below = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !/-(wal|shm)$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

function sync(path: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(path, 'r');
  try { fsyncSync(file); } finally { closeSync(file); }
}
