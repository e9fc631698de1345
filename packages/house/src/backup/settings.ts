import { isAbsolute, relative, resolve } from 'node:path';
import { Refusal } from '@commonhold/core';
import type { Keep } from './prune.ts';
import { folderTarget, makeFolder } from './target/folder.ts';
import { s3Target } from './target/s3.ts';
import type { Target, TargetWish } from './target/target.ts';

/** When and where the house makes backups, and which of them stay. `hour` is the machine's own time. */
export interface BackupSettings { on: boolean; hour: number; target: TargetWish | null; keep: Keep }

/** What the last drill of a backup found. */
export interface Drill { id: string; at: number; ok: boolean; found: string[] }

/** What became of backups so far; times in ms. `begun`: there are some at the place of the settings; `doubted`: pieces found damaged there. */
export interface BackupState { last: { at: number; ok: boolean; code?: string; say?: string } | null; tried: number; good: number | null; drill: Drill | null; begun: boolean; doubted: string[] }

/** A steward's offer to put somebody's pod back as a backup has it. Times in ms; `at`: when that was made. */
export interface PodOffer { backup: string; at: number; by: string; until: number }

declare module '../household/settings.ts' {
  interface SettingValues {
    /** When and where backups are made, and what became of them. */
    backups: BackupSettings;
    backupState: BackupState;
    /** Pods that stewards offer to put back as a backup has them, by persona. */
    podOffers: Readonly<Record<string, PodOffer>>;
  }
}

/** A house that nobody has asked yet: every night at four, as soon as there is a place. */
export const DEFAULTS: BackupSettings = { on: true, hour: 4, target: null, keep: { daily: 7, weekly: 4, monthly: 6 } };
/** Nothing yet. */
export const NOTHING: BackupState = { last: null, tried: 0, good: null, drill: null, begun: false, doubted: [] };

/** Opens a place. */
export const openTarget = (wish: TargetWish): Target => (wish.kind === 'folder' ? folderTarget(wish.path) : s3Target(wish));

/** Refuses (`bad_target`) a place where no backup can lie. */
export function checkTarget(wish: TargetWish, data: string): void {
  const given = (...names: string[]): boolean => names.every((name) => typeof (wish as Record<string, unknown>)[name] === 'string');
  if (wish.kind === 's3') {
    if (!given('endpoint', 'region', 'bucket', 'prefix', 'keyId', 'secret') || !/^https?:$/.test(URL.parse(wish.endpoint)?.protocol ?? '') || !/^[a-z0-9][a-z0-9.-]{1,62}$/.test(wish.bucket)) throw bad('The address of the storage begins with https://, and a bucket has a name of small letters.');
    return;
  }
  if (!given('path')) throw bad('Name the folder.');
  const inside = relative(resolve(data), resolve(wish.path));
  if (!isAbsolute(wish.path)) throw bad('Name the folder from the root, like /mnt/disk/backups.');
  if (inside === '' || (!inside.startsWith('..') && !isAbsolute(inside))) throw bad('Backups inside the data folder would be lost with it. Name a folder elsewhere, best on another disk.');
}

/** Tries a place: makes its folder, puts something there and takes it away. Refuses as the place does. */
export async function tryTarget(wish: TargetWish, now: number): Promise<void> {
  if (wish.kind === 'folder') await makeFolder(wish.path);
  const target = openTarget(wish), name = `probe-${now.toString(36)}`;
  await target.put(name, Buffer.from('commonhold'));
  const back = await target.get(name);
  await target.remove(name);
  if (back?.toString() !== 'commonhold') throw bad('What was put there did not come back as it was.');
}

/** A place as it may be shown: without its secret. */
export const shownTarget = (wish: TargetWish | null): Omit<TargetWish, 'secret'> | null => {
  if (wish?.kind !== 's3') return wish;
  const { secret: _, ...shown } = wish;
  return shown;
};

const bad = (message: string): Refusal => new Refusal('invalid', 'bad_target', message, { field: 'target' });
