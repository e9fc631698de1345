import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64Url, isObject, Refusal, toBase64Url, type Suite } from '@commonhold/core';
import { syncFolder, writeDurably } from '../config/durably.ts';
import { openSecrets } from '../config/secrets.ts';
import type { PodToCheck } from '../firewall/verify/pod.ts';
import { namesIn, renewPod, type NameKeys } from '../firewall/renew-pod.ts';
import { checkDisk } from '../folder/disk.ts';
import { newPodDevice } from '../household/newPodDevice.ts';
import { podDeviceSeed } from '../household/podDevice.ts';
import { keepNames, saltsOf } from '../household/renewNames.ts';
import type { HeldSeat } from '../household/seats.ts';
import { openSqlite, type Sqlite } from '../sqlite/port.ts';
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

/** `salt`: of its new device; `names`: those to single services in it, with the salts that they get if they come back, too; `renewed`: it is ready, and whether it has the names that are there. */
interface Coming extends CameBack { salt: string; names: { persona: string; service: string; salt: string }[]; parts: string[]; renewed: 'no' | 'names-stay' | 'names-back' }

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
 * of the house (`adoptPod`) puts it in its place. Refuses what `momentOf` refuses, `no_space`, `backup_damaged`.
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
    const { persona: house } = openSecrets(data, suite), file = `pods/${pod}.db`, names = namesIn(join(coming, file), persona);
    const [damage] = await runApart(new URL('verify-pod-thread.ts', import.meta.url), { path: join(coming, file), file, persona, pseudonyms: names.map((name) => name.persona), handle, device: null, house } satisfies PodToCheck, tell('checking'), signal);
    if (damage !== undefined) throw new Refusal('unavailable', 'backup_damaged', `What was restored is not sound (${damage}). Restore an older backup.`);
    const back: CameBack = { persona, handle, pod, at: manifest.at, by, aside: join(ASIDE, `${KEPT}${handle}-${toBase64Url(suite.random(6))}`) };
    for (const folder of [join(coming, 'pods'), coming]) syncFolder(folder);
    const salted = names.map((name) => ({ ...name, salt: toBase64Url(suite.random(16)) }));
    say(data, { ...back, parts: partsOf(coming, pod), salt: toBase64Url(suite.random(16)), names: salted, renewed: 'no' });
    return back;
  } catch (error) { forgetComing(data); throw error; }
}

const partsOf = (coming: string, pod: string): string[] => ENDS.filter((end) => existsSync(join(coming, `pods/${pod}${end}`)));

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
  const { persona, handle, pod, at, by } = coming;
  const from = join(data, ASIDE, COMING), aside = join(data, coming.aside), path = `pods/${pod}.db`;
  const { house } = openSecrets(data, suite), { device, keep } = newPodDevice(suite, house, { persona, salt: fromBase64Url(coming.salt)! });
  // Before anything is exchanged, and once: the one that is there is whole only until then.
  if (coming.renewed === 'no') {
    // Better the pod that is there than a house that does not open.
    try {
      const names = inHouse(data, (db) => keysOf(saltsOf(db, persona), coming, house));
      coming.renewed = renewPod(suite, join(from, path), { persona, device, newer: join(data, path), names, now: Date.now() }) ? 'names-stay' : 'names-back';
    } catch (error) { forgetComing(data); throw error; }
    coming.parts = partsOf(from, pod);
    say(data, coming);
  }
  mkdirSync(join(aside, 'pods'), { recursive: true, mode: 0o700 });
  for (const end of ENDS) {
    const name = `pods/${pod}${end}`, comes = existsSync(join(from, name));
    // What has come in already is not what was there before.
    if (existsSync(join(data, name)) && !existsSync(join(aside, name)) && (comes || !coming.parts.includes(end))) renameSync(join(data, name), join(aside, name));
    if (comes) renameSync(join(from, name), join(data, name));
  }
  inHouse(data, (db) => {
    keep(db);
    if (coming.renewed === 'names-back') keepNames(db, persona, coming.names.map((name) => ({ ...name, salt: fromBase64Url(name.salt)! })));
  });
  // They have seen more than there is now.
  for (const end of ['', '-wal', '-shm']) rmSync(join(data, `views.db${end}`), { force: true });
  forgetComing(data);
  return { persona, handle, pod, at, by, aside: coming.aside };
}

/** Of the names in a pod that comes, those that the house still knows; the others were left, and get no keys. */
const keysOf = (known: ReadonlyMap<string, Uint8Array>, { names }: Coming, secret: Uint8Array): NameKeys[] =>
  names.filter(({ persona }) => known.has(persona)).map(({ persona, salt }) => ({ persona, seed: podDeviceSeed(secret, known.get(persona)!), next: podDeviceSeed(secret, fromBase64Url(salt)!) }));

function inHouse<T>(data: string, work: (db: Sqlite) => T): T {
  const db = openSqlite(join(data, 'house.db'), { durability: 'full' });
  try { return work(db); } finally { db.close(); }
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
    return isObject(value) && ['persona', 'handle', 'pod', 'aside', 'salt', 'renewed'].every((name) => typeof value[name] === 'string') && Array.isArray(value['names']) ? value as unknown as Coming : null;
  } catch { return null; }
}
