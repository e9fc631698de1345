import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Event } from './trace.ts';

const PAGE = 4096;
const KEPT = /\.(db|db-wal|db-journal|json)$/;

type Change = { when: number } & ({ at: number; bytes: Buffer } | { size: number });
interface File { sure: Buffer; unsure: Change[] }
interface Entry { when: number; path: string; file: File | null }

/** Answers whether one unsynced page or name has reached the disk by chance. */
export type Chance = () => boolean;

/** A disk as it is after so many events of a trace: what was synced is sure, of the rest anything may be there or not. */
export class Disk {
  readonly #names: Map<string, File>;
  readonly #sureNames: Map<string, File>;
  #entries: Entry[] = [];
  #when = 0;

  /** Starts with a folder's files, all of them sure; paths are below it. */
  constructor(base: ReadonlyMap<string, Buffer>) {
    this.#names = new Map([...base].map(([path, sure]) => [path, { sure: Buffer.from(sure), unsure: [] }]));
    this.#sureNames = new Map(this.#names);
  }

  /** The next event, its path below the folder. */
  apply(event: Exclude<Event, { kind: 'sent' }>): void {
    const when = this.#when++;
    const { path } = event;
    const file = this.#names.get(path);
    if (event.kind === 'create') { if (!file && KEPT.test(path)) this.#name(when, path, { sure: Buffer.alloc(0), unsure: [] }); }
    else if (event.kind === 'unlink') { if (file) this.#name(when, path, null); }
    else if (event.kind === 'write') file?.unsure.push({ when, at: event.at, bytes: event.bytes });
    else if (event.kind === 'cut') file?.unsure.push({ when, size: event.size });
    else if (file) settle(file, event.begun);
    else this.#settleNames(path, event.begun);
  }

  /** What a power cut now may leave, by path. */
  after(chance: Chance): Map<string, Buffer> {
    const names = new Map(this.#sureNames);
    for (const { path, file } of this.#entries) if (chance()) { if (file) names.set(path, file); else names.delete(path); }
    return new Map([...names].map(([path, { sure, unsure }]) => [path, unsure.flatMap(pieces).filter(chance).reduce(changed, Buffer.from(sure))]));
  }

  #name(when: number, path: string, file: File | null): void {
    if (file) this.#names.set(path, file); else this.#names.delete(path);
    this.#entries.push({ when, path, file });
  }

  #settleNames(folder: string, begun: number): void {
    const due = this.#entries.filter(({ when, path }) => when < begun && dirname(path) === folder);
    for (const { path, file } of due) if (file) this.#sureNames.set(path, file); else this.#sureNames.delete(path);
    this.#entries = this.#entries.filter((entry) => !due.includes(entry));
  }
}

function settle(file: File, begun: number): void {
  file.sure = file.unsure.filter(({ when }) => when < begun).reduce<Buffer>(changed, file.sure);
  file.unsure = file.unsure.filter(({ when }) => when >= begun);
}

// A disk takes pages, not calls.
function pieces(change: Change): Change[] {
  if ('size' in change) return [change];
  const { when, at, bytes } = change;
  const found: Change[] = [];
  for (let from = 0; from < bytes.length;) {
    const to = Math.min(bytes.length, (Math.floor((at + from) / PAGE) + 1) * PAGE - at);
    found.push({ when, at: at + from, bytes: bytes.subarray(from, to) });
    from = to;
  }
  return found;
}

// In place, as far as it fits.
function changed(content: Buffer, change: Change): Buffer {
  if ('size' in change) return change.size <= content.length ? content.subarray(0, change.size) : Buffer.concat([content], change.size);
  const end = change.at + change.bytes.length;
  const next = end <= content.length ? content : Buffer.concat([content], end);
  change.bytes.copy(next, change.at);
  return next;
}

/** The files of a data folder by their path below it, without what a start makes anew. */
export function readFolder(folder: string): Map<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((one) => one.isFile() && KEPT.test(one.name)).map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path)]));
}

/** Writes files into a folder of their own. */
export function writeFolder(folder: string, files: ReadonlyMap<string, Buffer>): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, path), bytes, { mode: 0o600 });
  }
}
