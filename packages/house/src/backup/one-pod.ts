import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64Url, isObject, Refusal, toBase64Url, type Suite } from '@commonhold/core';
import { syncFolder, writeDurably } from '../config/durably.ts';
import { openSecrets } from '../config/secrets.ts';
import type { PodToCheck } from '../firewall/verify/pod.ts';
import { renewPod } from '../firewall/renew-pod.ts';
import { checkDisk } from '../folder/disk.ts';
import { newPodDevice } from '../household/newPodDevice.ts';
import type { HeldSeat } from '../household/seats.ts';
import { openSqlite } from '../sqlite/port.ts';
import type { Place } from './place.ts';
import { runApart } from './apart.ts';
import { bytesOf, manifestOf, restoreFiles } from './restore.ts';
import type { OnBytes } from './types.ts';

/** Inside `before-restore`, which no backup holds: the pod that comes, and what says that it is whole. */
const ASIDE = 'before-restore', COMING = 'coming', WHOLE = 'coming.json';
/** The parts of a pod on disk. */
const ENDS = ['.db-wal', '.db-shm', '.db', '.blobs'];
/** What was there before lies under names that begin so, for so long (ms): what its person erases meanwhile is in it. */
const KEPT = 'pod-', KEPT_MS = 14 * 86_400_000;

/** A pod that came back. `by`: the steward who offered it, or null for whoever sits at the machine; `at`: when the backup was made; `aside`: where that from before lies. */
export interface CameBack { persona: string; handle: string; pod: string; at: number; by: string | null; aside: string }

/** `salt`: of its new device; `renewed`: it has that already, and what was added to the key log since. */
interface Coming extends CameBack { salt: string; parts: string[]; renewed: boolean }

/** Whose pod comes out of which backup. */
export interface PodOrder { data: string; place: Place; seat: Pick<HeldSeat, 'persona' | 'handle' | 'pod'>; id?: string | undefined; by: string | null }

/** How far it is: fetching what was saved, or checking what has come. */
export type OnPod = (done: number, of: number, words: 'fetching' | 'checking') => void;

const filesOf = async ({ place, seat: { pod, handle }, id }: Pick<PodOrder, 'place' | 'seat' | 'id'>) => {
  const manifest = await manifestOf(place, id), name = `pods/${pod}`;
  const files = manifest.files.filter(({ path }) => path === `${name}.db` || path.startsWith(`${name}.blobs/`));
  if (files.length === 0) throw new Refusal('not_found', 'not_in_backup', `This backup was made before ${handle} joined.`);
  return { ...manifest, files };
};

/** When the backup was made that has somebody's pod in it. Refuses `backup_unknown`, `not_in_backup`, and what the place refuses. */
export const momentOf = async (order: Pick<PodOrder, 'place' | 'seat' | 'id'>): Promise<number> => (await filesOf(order)).at;

/**
 * Fetches one pod out of a backup and checks everything in it; the house may run meanwhile, and go on. Once this resolves, the next start
 * of the house (`adoptPod`) puts it in its place. Refuses what `momentOf` refuses, `no_space`, `backup_damaged`, `other_names`.
 */
export async function fetchPod(suite: Suite, order: PodOrder, progress: OnPod, signal: AbortSignal): Promise<CameBack> {
  const { data, seat: { persona, handle, pod }, by } = order, manifest = await filesOf(order);
  await checkDisk(data, bytesOf(manifest) * 1.1, { say: 'The disk of the data folder has not enough room for this pod beside the one that is there. Make room, then try again.' });
  const coming = join(data, ASIDE, COMING);
  forgetComing(data);
  mkdirSync(coming, { recursive: true, mode: 0o700 });
  try {
    const tell = (words: 'fetching' | 'checking'): OnBytes => (done, of) => progress(done, of, words);
    await restoreFiles(order.place, manifest, coming, { onBytes: tell('fetching'), signal });
    checkOneName(join(coming, `pods/${pod}.db`), handle);
    const { persona: house } = openSecrets(data, suite), file = `pods/${pod}.db`;
    const [damage] = await runApart(new URL('verify-pod-thread.ts', import.meta.url), { path: join(coming, file), file, persona, handle, device: null, house } satisfies PodToCheck, tell('checking'), signal);
    if (damage !== undefined) throw new Refusal('unavailable', 'backup_damaged', `What was restored is not sound (${damage}). Restore an older backup.`);
    const back: CameBack = { persona, handle, pod, at: manifest.at, by, aside: join(ASIDE, `${KEPT}${handle}-${toBase64Url(suite.random(6))}`) };
    const parts = ENDS.filter((end) => existsSync(join(coming, `pods/${pod}${end}`)));
    for (const folder of [join(coming, 'pods'), coming]) syncFolder(folder);
    say(data, { ...back, parts, salt: toBase64Url(suite.random(16)), renewed: false });
    return back;
  } catch (error) { forgetComing(data); throw error; }
}

// Each name would need a device of its own, let in by its own key: else its chains fork.
function checkOneName(path: string, handle: string): void {
  const db = openSqlite(path, { durability: 'full' });
  try {
    if (db.ask('SELECT ref FROM personas LIMIT 2').length < 2) return;
    throw new Refusal('conflict', 'other_names', `${handle} had services under other names then. A pod with other names in it comes back with the whole house alone.`);
  } finally { db.close(); }
}

/** Whether a pod is whole and waits to be put in its place. */
export const isPodWaiting = (data: string): boolean => comingIn(data) !== null;

/**
 * Puts a pod that was fetched in the place of the one that is there, which is kept aside; the folder's lock is held and nobody has opened
 * anything. It gets a new pod device, which its person must let in: until then it is read and not written. Cut off anywhere, the next
 * start goes on where this one ended. Null: there is none.
 */
export function adoptPod(suite: Suite, data: string): CameBack | null {
  const coming = comingIn(data);
  if (!coming) { forgetComing(data); return null; }
  const { persona, pod, salt, parts, renewed: _, ...back } = coming;
  const from = join(data, ASIDE, COMING), aside = join(data, coming.aside), path = `pods/${pod}.db`;
  const { device, keep } = newPodDevice(suite, openSecrets(data, suite).house, { persona, salt: fromBase64Url(salt)! });
  // Before anything is exchanged, and once: the one that is there is whole only until then.
  if (!coming.renewed) {
    // Better the pod that is there than a house that does not open.
    try { renewPod(join(from, path), { persona, device, newer: join(data, path) }); } catch (error) { forgetComing(data); throw error; }
    say(data, { ...coming, renewed: true });
  }
  mkdirSync(join(aside, 'pods'), { recursive: true, mode: 0o700 });
  for (const end of ENDS) {
    const name = `pods/${pod}${end}`, comes = existsSync(join(from, name));
    // What has come in already is not what was there before.
    if (existsSync(join(data, name)) && !existsSync(join(aside, name)) && (comes || !parts.includes(end))) renameSync(join(data, name), join(aside, name));
    if (comes) renameSync(join(from, name), join(data, name));
  }
  const db = openSqlite(join(data, 'house.db'), { durability: 'full' });
  try { keep(db); } finally { db.close(); }
  // They have seen more than there is now.
  for (const end of ['', '-wal', '-shm']) rmSync(join(data, `views.db${end}`), { force: true });
  forgetComing(data);
  return { persona, pod, ...back };
}

/** Lets go of pods from before a restore once they have had their time. */
export function forgetAside(data: string, now: number): void {
  const aside = join(data, ASIDE);
  for (const name of existsSync(aside) ? readdirSync(aside) : []) {
    if (name.startsWith(KEPT) && statSync(join(aside, name)).ctimeMs + KEPT_MS < now) rmSync(join(aside, name), { recursive: true, force: true });
  }
}

// The mark first: what it says to be whole is not.
function forgetComing(data: string): void {
  rmSync(join(data, ASIDE, WHOLE), { force: true });
  rmSync(join(data, ASIDE, COMING), { recursive: true, force: true });
}

const say = (data: string, coming: Coming): void => writeDurably(join(data, ASIDE, WHOLE), JSON.stringify(coming));

function comingIn(data: string): Coming | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(data, ASIDE, WHOLE), 'utf8'));
    return isObject(value) && ['persona', 'handle', 'pod', 'aside', 'salt'].every((name) => typeof value[name] === 'string') ? value as unknown as Coming : null;
  } catch { return null; }
}
