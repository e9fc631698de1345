import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isObject, Refusal, toBase64Url, type Suite } from '@commonhold/core';
import { openArchive } from '../archive/index.ts';
import type { Somebody } from '../firewall/caller.ts';
import { checkDisk } from '../folder/disk.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Job, JobProgress } from '../jobs/types.ts';
import { CHOICES, type Choice } from './audience.ts';
import { bringPast, type BringDeps } from './bring.ts';
import { bringCsv, LISTS, type CsvDeps, type CsvList } from './csv.ts';
import { makeFailures } from './failures.ts';
import { pastOf } from './index.ts';
import { isPodZip } from './pod-lines.ts';
import { bringProfile, type ProfileDeps } from './profile.ts';
import type { Failed } from './types.ts';

/** What somebody wants brought along, and how. */
export type ImportWish = { kind: 'past'; choice: Choice; profile?: boolean } | { kind: 'csv'; list: CsvList } | { kind: 'pod' } | { kind: 'pseudonym' };

/** How a pod of one's own is taken in from an export; see pod.ts. */
export type BringPod = (order: { caller: Somebody; path: string; spool: string; fail(failed: Failed): Promise<void>; progress: JobProgress; signal: AbortSignal }) => Promise<object>;

interface Kept { wish: ImportWish; persona: string; tries: number; begun: number }

type Deps = BringDeps & Omit<CsvDeps, 'people'> & Omit<ProfileDeps, 'people'> & { people: CsvDeps['people'] & ProfileDeps['people'] } & {
  folder: string; suite: Suite; jobs: Jobs; bringPod: BringPod; /** The same for a pseudonym of theirs. */ bringName: BringPod;
  isResident(persona: string): boolean;
  now(): number;
};

/** Archives on their way in: kept until they are done, so that a house that was stopped goes on where it was. */
export interface Imports {
  /** Takes the bytes and begins; the job's result names the import, under which its failures are read. Refuses `import_too_big`, `no_space`, `job_running`, and what the source throws. */
  begin(caller: Somebody, wish: ImportWish, source: AsyncIterable<Uint8Array>, length?: number): Promise<Job>;
  /** What could not be brought along, JSON Lines of `{item, at?, why}`; of very many the first. Refuses `import_unknown`. */
  failures(caller: Somebody, id: string): string;
  /** Goes on with what was interrupted, and lets go of what is over long since. */
  resume(): void;
  /** What ends from now on was interrupted, not cancelled. */
  closing(): void;
}

const MOST_BYTES = 16 * 2 ** 30;
const SPARE = 256 * 2 ** 20;
const MOST_TRIES = 5;
const KEPT_MS = 30 * 86_400_000;
const ID = /^[\w-]{22}$/;

/** Over a folder of its own. */
export function makeImports(deps: Deps): Imports {
  const { folder, suite, jobs, now } = deps;
  let isClosing = false;
  const placeOf = (id: string): Place => { const at = join(folder, id); return { at, archive: join(at, 'archive'), wish: join(at, 'wish.json'), failed: join(at, 'failed.jsonl'), spool: join(at, 'spool') }; };
  const run = (id: string, kept: Kept): Job => jobs.start(jobKind(kept.wish), kept.persona, async (progress, signal) => {
    const place = placeOf(id);
    writeFileSync(place.wish, JSON.stringify({ ...kept, tries: kept.tries + 1 }));
    try { return { import: id, ...await work(deps, place, kept, { progress, signal }) }; } finally {
      if (!isClosing) rmSync(place.archive, { force: true });
    }
  });
  return {
    begin: async (caller, wish, source, length) => {
      const id = toBase64Url(suite.random(16));
      const place = placeOf(id);
      checkSize(length ?? 0);
      // Else all of an archive would be sent first, for nothing.
      jobs.checkFree(jobKind(wish), caller.persona);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      await checkDisk(folder, length ?? 0, { spare: SPARE });
      mkdirSync(place.at, { recursive: true, mode: 0o700 });
      try {
        await receive(place.archive, source);
        const kept: Kept = { wish, persona: caller.persona, tries: 0, begun: now() };
        writeFileSync(place.wish, JSON.stringify(kept));
        return run(id, kept);
      } catch (error) { rmSync(place.at, { recursive: true, force: true }); throw error; }
    },
    failures: ({ persona }, id) => {
      const kept = ID.test(id) ? keptAt(placeOf(id).wish) : null;
      if (kept?.persona !== persona) throw new Refusal('not_found', 'import_unknown', 'There is no such import of yours.');
      const { failed } = placeOf(id);
      return existsSync(failed) ? readFileSync(failed, 'utf8') : '';
    },
    resume: () => {
      for (const id of existsSync(folder) ? readdirSync(folder) : []) {
        const place = placeOf(id);
        const kept = keptAt(place.wish);
        // What a crash cut off before it was whole is nobody's; nor is what is over, after a while.
        if (!kept || !deps.isResident(kept.persona) || kept.begun < now() - KEPT_MS) rmSync(place.at, { recursive: true, force: true });
        else if (existsSync(place.archive) && kept.tries < MOST_TRIES) run(id, kept);
      }
    },
    closing: () => { isClosing = true; },
  };
}

interface Place { at: string; archive: string; wish: string; failed: string; spool: string }

const jobKind = (wish: ImportWish): string => (wish.kind === 'csv' ? `import-${wish.list}` : `import-${wish.kind}`);

function keptAt(path: string): Kept | null {
  try {
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isObject(kept) && isObject(kept['wish']) && typeof kept['persona'] === 'string' ? kept as unknown as Kept : null;
  } catch { return null; }
}

function checkSize(bytes: number): void {
  if (bytes > MOST_BYTES) throw new Refusal('too_big', 'import_too_big', 'This archive is larger than what can be taken.', { expected: 'at most 16 GiB' });
}

async function receive(path: string, source: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  let had = 0;
  try {
    for await (const piece of source) {
      had += piece.length;
      checkSize(had);
      await file.writeFile(piece);
      if (had % SPARE < piece.length) await checkDisk(dirname(path), 0, { spare: SPARE });
    }
    await file.sync();
  } finally { await file.close(); }
}

async function work(deps: Deps, place: Place, { wish, persona }: Kept, { progress, signal }: { progress: JobProgress; signal: AbortSignal }): Promise<object> {
  const caller: Somebody = { kind: 'owner', persona };
  // From the beginning each time: what is here is passed over, what failed fails again.
  const fail = makeFailures(place.failed);
  if (wish.kind === 'csv') return bringCsv(deps, { caller, list: wish.list, text: await textOf(place.archive), fail, progress, signal });
  if (wish.kind === 'pod' || wish.kind === 'pseudonym') return deps[wish.kind === 'pod' ? 'bringPod' : 'bringName']({ caller, path: place.archive, spool: place.spool, fail, progress, signal });
  const archive = await openArchive(place.archive, { spool: place.spool, signal });
  try {
    if (isPodZip(archive)) return await deps.bringPod({ caller, path: place.archive, spool: `${place.spool}-pod`, fail, progress, signal });
    const past = pastOf(archive, deps.now);
    if (!past) throw new Refusal('invalid', 'past_unknown', 'This is an archive, but of no network that is understood: it has neither outbox.json nor data/tweets.js.', { expected: 'a Mastodon or X archive, or an export of yours' });
    const order = { caller, past, archive, signal };
    const came = await bringPast(deps, { ...order, choice: wish.choice, fail, progress });
    if (!wish.profile) return { from: past.kind, ...came };
    const profile = await bringProfile(deps, { ...order, fail: async (failed) => { came.failed++; await fail(failed); } });
    return { from: past.kind, ...came, profile };
  } finally { await archive.close(); }
}

const MOST_CSV = 16 * 2 ** 20;

async function textOf(path: string): Promise<string> {
  if (statSync(path).size > MOST_CSV) throw new Refusal('too_big', 'import_too_big', 'This list is longer than any that can be taken.', { expected: 'at most 16 MiB' });
  return readFile(path, 'utf8');
}

export { CHOICES, LISTS };
