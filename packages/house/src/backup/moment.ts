import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, type Dirent } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pin, type Pinned } from '../sqlite/pinned.ts';
import { PIECE, type FileEntry } from './types.ts';

/** One file of the moment. `known`: it is as in an earlier backup; else `pieces` gives its bytes, once. */
export interface Source { path: string; size: number; mark: string | null; known: FileEntry | null; pieces(): AsyncIterable<Buffer> }

/** All files of a house as they were at one moment; `end` lets go of it. */
export interface Moment { at: number; sources(): AsyncIterable<Source>; bytes: number; end(): void }

/** What a moment is taken of. */
export interface MomentDeps {
  data: string;
  /** Lets all pods stand still; resolves when all that was acknowledged is on disk. */
  stand(): Promise<{ go(): void; end(): void }>;
  /** The pods of those who live here now. */
  pods(): string[];
  now(): number;
  /** The file in the backup before, if there was one. */
  before(path: string): FileEntry | undefined;
}

/** What is derived, of this process, or of this machine alone. */
const NOT = /^(views\.db|lock\.db|house\.lock|house\.sock|incoming|backup\.|restored|before-restore|upgrading|before-upgrade|upgrade\.step)|(-wal|-shm|-journal|\.part|\.new)$/;
/** How long the loop is held at once, in ms. */
const SLICE = 8;
/** A file that changed so shortly before may change again without looking different. */
const FRESH_MS = 2000;
const COPIES = 'backup.tmp';

interface Db { path: string; size: number; mark: string | null; known: FileEntry | null; pinned: Pinned | null }

/**
 * Takes the moment. House.db, the access log and the small files beside them are held in one turn of the loop, in which all that anybody
 * was told is on disk and no pod takes a write; the pods follow, a few each turn, before any of them may write again. So all files are
 * as a kill of the process in that turn would have left them, which every start can take up.
 */
export async function takeMoment(deps: MomentDeps): Promise<Moment> {
  const { data, now } = deps;
  const copies = join(data, COPIES);
  rmSync(copies, { recursive: true, force: true });
  mkdirSync(copies, { mode: 0o700 });
  const still = await deps.stand();
  const held: Db[] = [];
  const end = (): void => { still.end(); for (const { pinned } of held.splice(0)) pinned?.close(); rmSync(copies, { recursive: true, force: true }); };
  try {
    const at = now();
    const hold = (path: string): void => { held.push(holdDb(deps, path, at)); };
    hold('house.db');
    hold('log.db');
    const small = readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isFile() && !NOT.test(entry.name) && !entry.name.endsWith('.db')).map(({ name }) => ({ path: name, bytes: readFileSync(join(data, name)) }));
    const pods = deps.pods();
    for (let turn = performance.now(), n = 0; n < pods.length; n++) {
      hold(`pods/${pods[n]!}.db`);
      if (performance.now() - turn < SLICE) continue;
      await new Promise(setImmediate);
      turn = performance.now();
    }
    still.go();
    const sources = async function* (): AsyncIterable<Source> {
      for (const { path, bytes } of small) yield { path, size: bytes.length, mark: null, known: null, pieces: () => inPieces(bytes) };
      for (const db of held) { yield { ...db, pieces: () => copied(db, join(copies, 'copy.db')) }; db.pinned?.close(); db.pinned = null; }
      for (const pod of pods) yield* folderOf(deps, `pods/${pod}.blobs`, true);
      for (const entry of readdirSync(data, { withFileTypes: true })) if (entry.isDirectory() && entry.name !== 'pods' && !NOT.test(entry.name)) yield* folderOf(deps, entry.name, false);
    };
    return { at, sources, bytes: [...held, ...small.map(({ bytes }) => ({ size: bytes.length }))].reduce((sum, { size }) => sum + size, 0), end };
  } catch (error) { end(); throw error; }
}

function holdDb({ data, before }: MomentDeps, path: string, at: number): Db {
  const full = join(data, path);
  const [file, log] = [full, `${full}-wal`].map((one) => statSync(one, { bigint: true, throwIfNoEntry: false }));
  const size = Number((file?.size ?? 0n) + (log?.size ?? 0n));
  const isFresh = [file, log].some((one) => one && Number(one.mtimeMs) > at - FRESH_MS);
  const mark = [file, log].map((one) => (one ? `${one.ino}.${one.size}.${one.mtimeNs}` : '')).join('/');
  const last = before(path);
  if (last?.mark != null && last.mark === mark) return { path, size, mark: isFresh ? null : mark, known: last, pinned: null };
  return { path, size, mark: isFresh ? null : mark, known: null, pinned: pin(full) };
}

async function* copied({ pinned }: Db, copy: string): AsyncIterable<Buffer> {
  await pinned!.copyTo(copy);
  try { yield* readPieces(copy); } finally { for (const tail of ['', '-wal', '-shm', '-journal']) rmSync(copy + tail, { force: true }); }
}

/** The files below a folder; those that are named by their bytes are known once they are. */
async function* folderOf({ data, before }: MomentDeps, folder: string, named: boolean): AsyncIterable<Source> {
  for (const entry of entriesIn(join(data, folder))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) { yield* folderOf({ data, before } as MomentDeps, path, named); continue; }
    if (!entry.isFile() || NOT.test(entry.name)) continue;
    const known = named ? before(path) ?? null : null;
    const size = known?.size ?? statSync(join(data, path), { throwIfNoEntry: false })?.size;
    if (size !== undefined) yield { path, size, mark: null, known, pieces: () => readPieces(join(data, path)) };
  }
}

function entriesIn(folder: string): Dirent[] {
  try { return readdirSync(folder, { withFileTypes: true }); } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function* inPieces(bytes: Buffer): AsyncIterable<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/** The bytes of a file, a piece at a time. Errors of the system pass through. */
export async function* readPieces(path: string): AsyncIterable<Buffer> {
  const file = await open(path, 'r');
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE);
      let n = 0;
      for (let got = -1; got !== 0 && n < PIECE; n += got) got = (await file.read(piece, n, PIECE - n)).bytesRead;
      if (n > 0) yield piece.subarray(0, n);
      if (n < PIECE) return;
    }
  } finally { await file.close(); }
}
