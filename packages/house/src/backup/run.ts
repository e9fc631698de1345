import { createHash, randomBytes } from 'node:crypto';
import { Refusal, type Suite } from '@commonhold/core';
import type { Secrets } from '../config/secrets.ts';
import type { Machine } from './machine.ts';
import { idsAt, pieceAt, piecesAt, putBackup, readManifest } from './lists.ts';
import { takeMoment, type MomentDeps, type Source } from './moment.ts';
import { openPlace, putPlate, type Place } from './place.ts';
import { makePool, type Pool } from './pool.ts';
import { prune, type Keep } from './prune.ts';
import type { Target } from './target/target.ts';
import { takeTurn } from './turn.ts';
import type { FileEntry, Manifest, OnBytes, Summary } from './types.ts';

const AT_ONCE = 4;

/** What a backup is made of, and where it goes. */
export interface BackupDeps extends Omit<MomentDeps, 'before'> {
  suite: Suite; secrets: Pick<Secrets, 'persona' | 'deviceSeed' | 'keyLog' | 'backupKey'>; target: Target; machine: Machine; keep: Keep; program: string;
  /** What the house is called, and how many live here, as the backup's line says. */
  about(): { title: string; people: number };
  /** Pieces that were found damaged at the place: they are put there anew. */
  doubted: ReadonlySet<string>;
}

/**
 * Makes a backup while the house goes on, then takes away what need not stay. Whatever goes wrong or is cut off leaves the earlier
 * backups as they were. Refuses what places refuse, `wrong_key`, `backup_busy`, `moved_on`, and what the disk refuses.
 */
export async function backUp(deps: BackupDeps, onBytes: OnBytes, signal: AbortSignal): Promise<Summary> {
  const { suite, secrets, target, machine, now, keep } = deps;
  const place = await openPlace(target, secrets);
  if (place.plate && place.plate.machine !== machine.id && !machine.claims) throw movedOn();
  const giveBack = await takeTurn(place, machine.id, now);
  try {
    if (place.plate?.machine !== machine.id) { await putPlate(suite, target, secrets, machine.id); machine.claimed(); }
    const summary = await writeBackup(deps, place, onBytes, signal);
    await prune(place, keep);
    return summary;
  } finally { await giveBack().catch(() => {}); }
}

const movedOn = (): Refusal => new Refusal('conflict', 'moved_on', 'This house was restored on another machine, which makes the backups there now. Stop one of the two, before they drift apart.');

interface Writing { place: Place; there: Set<string>; fresh: string[]; pool: Pool; signal: AbortSignal; onPiece(bytes: number): void; added: number }

async function writeBackup(deps: BackupDeps, place: Place, onBytes: OnBytes, signal: AbortSignal): Promise<Summary> {
  const { doubted } = deps, begun = performance.now();
  const there = await piecesAt(place);
  for (const name of doubted) there.delete(name);
  const before = await filesBefore(place);
  const moment = await takeMoment({ ...deps, before: (path) => { const entry = before.get(path); return entry?.pieces.every((name) => there.has(name)) ? entry : undefined; } });
  let done = 0, of = moment.bytes;
  const writing: Writing = { place, there, fresh: [], pool: makePool(AT_ONCE), signal, added: 0, onPiece: (bytes) => { done += bytes; onBytes(done, Math.max(of, done)); } };
  try {
    const files: FileEntry[] = [];
    for await (const source of moment.sources()) {
      signal.throwIfAborted();
      if (source.path.includes('.blobs/')) of += source.size;
      files.push(await writeFile(writing, source));
    }
    await writing.pool.done();
    const id = moment.at.toString(16).padStart(12, '0') + randomBytes(4).toString('hex');
    const manifest: Manifest = { v: 1, id, house: place.house, at: moment.at, program: deps.program, files };
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    const summary: Summary = { v: 1, id, at: moment.at, took: Math.round(performance.now() - begun), ...deps.about(), files: files.length, bytes, added: writing.added, program: deps.program };
    signal.throwIfAborted();
    await putBackup(place, manifest, summary);
    return summary;
  } catch (error) {
    await takeBack(writing);
    throw error;
  } finally { moment.end(); }
}

async function filesBefore(place: Place): Promise<Map<string, FileEntry>> {
  const [last] = await idsAt(place);
  const manifest = last === undefined ? null : await readManifest(place, last).catch(() => null);
  return new Map(manifest?.files.map((entry) => [entry.path, entry]));
}

async function writeFile(writing: Writing, { path, size, mark, known, pieces }: Source): Promise<FileEntry> {
  if (known) { writing.onPiece(size); return { ...known, mark: mark ?? known.mark }; }
  const hash = createHash('sha256'), names: string[] = [];
  let bytes = 0;
  for await (const piece of pieces()) {
    writing.signal.throwIfAborted();
    hash.update(piece);
    bytes += piece.length;
    names.push(await writePiece(writing, piece));
    writing.onPiece(piece.length);
  }
  return { path, size: bytes, hash: hash.digest('base64url'), pieces: names, mark };
}

async function writePiece(writing: Writing, piece: Buffer): Promise<string> {
  const { place: { box, at }, there, fresh, pool } = writing;
  const name = box.nameOf(piece);
  if (there.has(name)) return name;
  there.add(name);
  fresh.push(name);
  await pool.add(async () => {
    const shut = await box.shut(name, piece);
    await at.put(pieceAt(name), shut);
    writing.added += shut.length;
  });
  return name;
}

// Room that a failed backup took is given back; what cannot be removed now goes with the next one that succeeds.
async function takeBack({ pool, fresh, place: { at } }: Writing): Promise<void> {
  await pool.done().catch(() => {});
  for (const name of fresh) await at.remove(pieceAt(name)).catch(() => {});
}
