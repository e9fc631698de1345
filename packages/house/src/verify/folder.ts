import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, toBase64Url, type Suite } from '@commonhold/core';
import { openSecrets, type Secrets } from '../config/secrets.ts';
import { isSqliteError, type Damage, type Tell } from '../firewall/verify/damage.ts';
import { verifyPod, type PodTally } from '../firewall/verify/pod.ts';
import { lockFolder } from '../folder/lock.ts';
import { podDeviceSeed } from '../household/podDevice.ts';
import { HOUSE_STEPS, readSeats, type HeldSeat } from '../household/seats.ts';
import { openReadOnly, schemaSteps, unsound } from '../sqlite/read-only.ts';
import { openViewsCheck, type ViewsCheck } from './views.ts';

/** What was looked at in a data folder, and how much of it was wrong. */
export interface FolderTally extends PodTally { people: number; pods: number; views: number; behind: number; damages: number }

/** Who hears what the check of a folder comes by. */
export interface FolderListener { tell: Tell; /** Bytes of files done of all. */ progress(done: number, of: number): void }

/**
 * Checks the data folder of a house at rest, under its lock: every pod, house.db with the pods, the views with what the pods say.
 * Nothing but the lock's own files is written. Refuses `no_house`, `folder_taken`, `bad_data_folder`.
 */
export function verifyFolder(suite: Suite, folder: string, hears: FolderListener): FolderTally {
  if (!existsSync(join(folder, 'house.db'))) throw new Refusal('not_found', 'no_house', `There is no house in ${folder}.`);
  const lock = isReadOnly(folder) ? null : lockFolder(folder);
  try {
    return checkFolder(suite, folder, hears);
  } finally {
    lock?.release();
  }
}

// A copy on a disk that takes no writes can be in nobody's use.
function isReadOnly(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EROFS') return true;
    throw new Refusal('unavailable', 'bad_data_folder', `The folder ${folder} may not be written by this user, so it cannot be kept from others meanwhile.`, { cause: error });
  }
}

function checkFolder(suite: Suite, folder: string, { tell, progress }: FolderListener): FolderTally {
  const tally: FolderTally = { people: 0, pods: 0, lanes: 0, records: 0, erased: 0, blobs: 0, bytes: 0, leftovers: 0, views: 0, behind: 0, damages: 0 };
  const count: Tell = (damage) => { tally.damages++; tell(damage); };
  const secrets = readSecrets(folder, suite, count);
  const seats = readHouse(folder, count);
  checkFile(folder, 'log.db', count);
  const views = openViewsCheck(join(folder, 'views.db'), count);
  try {
    checkPods({ suite, folder, secrets, seats: seats ?? [], views, tally, tell: count, progress });
  } finally {
    views?.close();
  }
  if (seats) for (const file of strayFiles(folder, seats)) count({ file, who: null, code: 'pod_orphan', says: 'This file belongs to nobody who lives here.' });
  return tally;
}

function readSecrets(folder: string, suite: Suite, tell: Tell): Secrets | null {
  const say = (code: string, says: string) => tell({ file: 'secrets.json', who: null, code, says });
  if (!existsSync(join(folder, 'secrets.json'))) { say('file_missing', 'Without it this house cannot act for its people.'); return null; }
  try {
    return openSecrets(folder, suite);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say(error.code, 'The file cannot be read or is damaged.');
    return null;
  }
}

/** The seats of the house; null when house.db does not say. */
function readHouse(folder: string, tell: Tell): HeldSeat[] | null {
  return checkFile(folder, 'house.db', tell, (db) => {
    if (schemaSteps(db) === HOUSE_STEPS) return readSeats(db);
    tell({ file: 'house.db', who: null, code: 'other_version', says: 'The file is of another version of Commonhold. Start the house once with this version, then check again.' });
    return null;
  });
}

function checkFile<T>(folder: string, file: string, tell: Tell, then?: (db: ReturnType<typeof openReadOnly>) => T): T | null {
  const say = (code: string, says: string): null => { tell({ file, who: null, code, says }); return null; };
  if (!existsSync(join(folder, file))) return say('file_missing', 'The file is not there.');
  let db;
  try {
    db = openReadOnly(join(folder, file));
    const flaw = unsound(db);
    if (flaw !== null) say('file_damaged', `SQLite says: ${flaw}.`);
    return then?.(db) ?? null;
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    return say('file_damaged', 'The file cannot be read to its end.');
  } finally {
    db?.close();
  }
}

interface PodsCheck {
  suite: Suite; folder: string; secrets: Secrets | null; seats: readonly HeldSeat[]; views: ViewsCheck | null;
  tally: FolderTally; tell: Tell; progress: FolderListener['progress'];
}

const fileOf = (pod: string): string => `pods/${pod}.db`;

function checkPods({ suite, folder, secrets, seats, views, tally, tell, progress }: PodsCheck): void {
  const active = seats.filter(({ state }) => state === 'active');
  const sizes = active.map(({ pod }) => statSync(join(folder, fileOf(pod)), { throwIfNoEntry: false })?.size ?? 0);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  let before = 0;
  for (const [i, seat] of active.entries()) {
    tally.people++;
    const { pod, persona, handle, pseudonyms } = seat;
    const missing = !existsSync(join(folder, fileOf(pod)));
    if (missing) tell({ file: fileOf(pod), who: `@${handle}`, code: 'pod_missing', says: 'The pod of somebody who lives here is not there.' });
    else {
      add(tally, verifyPod(suite, { path: join(folder, fileOf(pod)), file: fileOf(pod), persona, pseudonyms, handle, device: deviceOf(suite, secrets, seat, tell), house: secrets?.persona ?? null }, {
        tell,
        step: (done, of) => progress(before + Math.min(1, done / of) * sizes[i]!, all),
        changes: (changes) => views?.take({ persona, handle, pod }, changes),
      }));
    }
    before += sizes[i]!;
    progress(before, all);
  }
  views?.end(new Set(seats.map(({ persona }) => persona)));
  Object.assign(tally, views?.tally());
}

function add(tally: FolderTally, of: PodTally): void {
  tally.pods++;
  for (const name of ['lanes', 'records', 'erased', 'blobs', 'bytes', 'leftovers'] as const) tally[name] += of[name];
}

/** The pod device by house.db, if it is the one that this house's secrets make. */
function deviceOf(suite: Suite, secrets: Secrets | null, { device, keySalt, handle }: HeldSeat, tell: Tell): string {
  if (secrets && toBase64Url(suite.publicKey(podDeviceSeed(secrets.house, keySalt))) !== device) {
    tell({ file: 'house.db', who: `@${handle}`, code: 'wrong_device', says: 'The pod device is not the one that the secrets of this house make.' });
  }
  return device;
}

// A write-ahead log that is left beside its pod belongs to it.
function strayFiles(folder: string, seats: readonly HeldSeat[]): string[] {
  const known = new Set(seats.flatMap(({ pod }) => [...['', '-wal', '-shm'].map((end) => fileOf(pod) + end), `pods/${pod}.blobs`]));
  const path = join(folder, 'pods');
  return (existsSync(path) ? readdirSync(path) : []).map((name) => `pods/${name}`).filter((file) => !known.has(file)).sort();
}

/** One damage as one line: `DAMAGED file, who, thing, record n: code: sentence`. */
export const damageLine = ({ file, who, thing, seq, code, says }: Damage): string =>
  `DAMAGED ${[file, who, thing, seq === undefined ? null : `record ${seq}`].filter((part) => part != null).join(', ')}: ${code}: ${says}`;
