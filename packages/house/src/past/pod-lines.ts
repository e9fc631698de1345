import { createHash } from 'node:crypto';
import { BLOB_PART, isObject, linesOf, parseLine, Refusal, toBase64Url, verifyExport, type ExportVerdict, type JsonObject, type Suite } from '@commonhold/core';
import { openArchive } from '../archive/index.ts';
import type { Archive, ArchiveEntry } from '../archive/index.ts';

const NUMBERS = new Set(['count', 'first', 'last']);
const MAY_BE_NULL = new Set(['caller', 'audience', 'rule', 'first', 'last']);

/** Whether an archive is an export of a pod. */
export const isPodZip = ({ entries }: Archive): boolean => entries.some(({ name }) => name === 'key-log.jsonl') && entries.some(({ name }) => name === 'about.json');

/**
 * The lines that an export has (spec/export.md), of one that was packed: each with its U+000A, the last one made of what was read. All of it
 * is unpacked and summed first. Refuses `bad_zip` where a file is missing or is none that belongs there, `zip_sums` where one is not what
 * `sums.txt` says.
 */
export async function* linesOfPodZip(archive: Archive): AsyncGenerator<Uint8Array> {
  await checkSums(archive);
  const hash = createHash('sha256');
  let count = 0;
  for await (const line of linesIn(archive)) { hash.update(line); count++; yield line; }
  yield lineOf({ type: 'end', lines: count + 1, sha256: hash.digest('base64url') });
}

/** Checks an export that was packed. What is wrong with the zip as such, not with a line of it, is of line 0: `bad_zip`, `zip_sums`. */
export async function verifyPodZip(suite: Suite, path: string): Promise<ExportVerdict> {
  try {
    const archive = await openArchive(path, { spool: `${path}.spool` });
    try { return await verifyExport(suite, linesOfPodZip(archive)); } finally { await archive.close(); }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, line: 0, code: error.code === 'zip_sums' ? error.code : 'bad_zip', message: error.message };
  }
}

const bad = (why: string): Refusal => new Refusal('invalid', 'bad_zip', `This is not an export as it should be. ${why}`);
const lineOf = (value: object): Uint8Array => Buffer.from(`${JSON.stringify(value)}\n`);

const NEEDED = ['READ-ME.txt', 'about.json', 'key-log.jsonl', 'joined.jsonl', 'lanes.jsonl', 'access-log.csv', 'sums.txt'];
const FOLDER = /^(contracts|media|records)\//;

async function checkSums(archive: Archive): Promise<void> {
  if (archive.leftOut.length > 0) throw bad('It holds what no export holds.');
  const sums = createHash('sha256');
  for (const entry of archive.entries) {
    const { name } = entry, sum = await sumOf(entry, 'hex');
    // What does not belong there has no sum that fits.
    if (name !== 'sums.txt') sums.update(`${NEEDED.includes(name) || FOLDER.test(name) ? sum : ''}  ${name}\n`);
  }
  for (const name of NEEDED) find(archive, name);
  if (await sumOf(find(archive, 'sums.txt'), 'base64url') === sums.digest('base64url')) return;
  throw new Refusal('invalid', 'zip_sums', 'A file in this export is not what it was when it was written, or does not belong there.');
}

async function sumOf(entry: ArchiveEntry, as: 'hex' | 'base64url'): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of entry.read()) hash.update(piece);
  return hash.digest(as);
}

function find(archive: Archive, name: string): ArchiveEntry {
  const found = archive.entries.find((entry) => entry.name === name);
  if (!found) throw bad(`${name} is missing.`);
  return found;
}

async function* linesIn(archive: Archive): AsyncGenerator<Uint8Array> {
  const under = (folder: string): ArchiveEntry[] => archive.entries.filter(({ name }) => name.startsWith(`${folder}/`));
  const { type, ...about } = await objectOf(find(archive, 'about.json'));
  if (type !== 'commonhold-zip') throw bad('It does not say what it is.');
  yield lineOf({ type: 'commonhold-export', ...about });
  yield* linesOf(find(archive, 'key-log.jsonl').read());
  for (const entry of under('contracts')) {
    const [, service, ...file] = entry.name.split('/');
    yield lineOf({ type: 'contract', service, hash: file.join('/').replace(/\.json$/, ''), contract: await objectOf(entry) });
  }
  yield* linesOf(find(archive, 'joined.jsonl').read());
  for (const entry of under('media')) yield* blobLines(entry);
  for await (const line of linesOf(find(archive, 'lanes.jsonl').read())) yield laneLine(line);
  for (const entry of under('records')) yield* linesOf(entry.read());
  yield* accessLines(find(archive, 'access-log.csv'));
}

// A file of JSON is read like a line, in which there may be line breaks.
async function objectOf(entry: ArchiveEntry): Promise<JsonObject> {
  if (entry.bytes >= BLOB_PART.bytes * 4) throw bad(`${entry.name} is too large.`);
  const all: Uint8Array[] = [];
  for await (const piece of entry.read()) all.push(piece);
  const read = parseLine(Buffer.concat([...all, Buffer.from('\n')]));
  if (!read.ok || !isObject(read.value)) throw bad(`${entry.name} cannot be read.`);
  return read.value;
}

// How far a lane goes, its entries say.
function laneLine(line: Uint8Array): Uint8Array {
  const read = parseLine(line);
  if (!read.ok || !isObject(read.value) || read.value['type'] !== 'lane') return line;
  const { seq: _seq, chain: _chain, ...lane } = read.value;
  return lineOf(lane);
}

/** The blob whose bytes a file of an export holds, by its name. */
export const blobOf = ({ name }: Pick<ArchiveEntry, 'name'>): string => name.split('/').at(-1)!.split('.')[0]!;

async function* blobLines(entry: ArchiveEntry): AsyncGenerator<Uint8Array> {
  const [, service] = entry.name.split('/');
  const parts = Math.ceil(entry.bytes / BLOB_PART.bytes);
  let part = 0;
  for await (const data of cutTo(BLOB_PART.bytes, entry.read())) yield lineOf({ type: 'blob', service, blob: blobOf(entry), part: ++part, parts, data: toBase64Url(data) });
}

async function* cutTo(size: number, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held = Buffer.alloc(0);
  for await (const piece of pieces) {
    held = Buffer.concat([held, piece]);
    for (; held.length >= size; held = held.subarray(size)) yield held.subarray(0, size);
  }
  if (held.length > 0) yield held;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(line: Uint8Array): string {
  try { return utf8.decode(line).replace(/\n$/, ''); } catch { throw bad('Its access log cannot be read.'); }
}

async function* accessLines(entry: ArchiveEntry): AsyncGenerator<Uint8Array> {
  let columns: string[] | null = null;
  for await (const raw of linesOf(entry.read())) {
    const fields = textOf(raw).split(',');
    if (columns) yield lineOf({ type: 'access', ...Object.fromEntries(columns.map((name, i) => [name, valueOf(name, fields[i] ?? '')])) });
    else columns = fields;
  }
}

function valueOf(name: string, field: string): string | number | boolean | null {
  if (field === '' && MAY_BE_NULL.has(name)) return null;
  if (name === 'refused' && (field === 'true' || field === 'false')) return field === 'true';
  return NUMBERS.has(name) && /^\d{1,15}$/.test(field) ? Number(field) : field;
}
