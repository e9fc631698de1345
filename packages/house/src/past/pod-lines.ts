import { createHash, type Hash } from 'node:crypto';
import { BLOB_PART, isObject, linesOf, Refusal, toBase64Url, type JsonObject } from '@commonhold/core';
import type { Archive, ArchiveEntry } from '../archive/index.ts';

const MOST_SMALL = 4 * 2 ** 20;
const NUMBERS = new Set(['count', 'first', 'last']);
const MAY_BE_NULL = new Set(['caller', 'audience', 'rule', 'first', 'last']);

/** Whether an archive is an export of a pod. */
export const isPodZip = ({ entries }: Archive): boolean => entries.some(({ name }) => name === 'key-log.jsonl') && entries.some(({ name }) => name === 'about.json');

/**
 * The lines that an export has (spec/export.md), of one that was packed: each with its U+000A, the last one made of what was read. Refuses
 * `bad_zip` where a file is missing or is none that belongs there, `zip_sums` where one is not what `sums.txt` says, at the latest at the end.
 */
export async function* linesOfPodZip(archive: Archive): AsyncGenerator<Uint8Array> {
  if (archive.leftOut.length > 0) throw bad('It holds what no export holds.');
  const sums = makeSums(archive);
  const hash = createHash('sha256');
  let count = 0;
  for await (const line of linesIn(archive, sums)) { hash.update(line); count++; yield line; }
  await sums.check();
  yield lineOf({ type: 'end', lines: count + 1, sha256: hash.digest('base64url') });
}

const bad = (why: string): Refusal => new Refusal('invalid', 'bad_zip', `This is not an export as it should be. ${why}`);
const lineOf = (value: object): Uint8Array => Buffer.from(`${JSON.stringify(value)}\n`);

async function* linesIn(archive: Archive, sums: Sums): AsyncGenerator<Uint8Array> {
  const find = (name: string): ArchiveEntry => archive.entries.find((entry) => entry.name === name) ?? missing(name);
  const under = (folder: string): ArchiveEntry[] => archive.entries.filter(({ name }) => name.startsWith(`${folder}/`));
  const { type, ...about } = await sums.json(find('about.json'));
  if (type !== 'commonhold-zip') throw bad('It does not say what it is.');
  yield lineOf({ type: 'commonhold-export', ...about });
  yield* linesOf(sums.read(find('key-log.jsonl')));
  for (const entry of under('contracts')) {
    const [, service, file] = entry.name.split('/');
    yield lineOf({ type: 'contract', service, hash: (file ?? '').replace(/\.json$/, ''), contract: await sums.json(entry) });
  }
  yield* linesOf(sums.read(find('joined.jsonl')));
  for (const entry of under('media')) yield* blobLines(entry, sums);
  for await (const line of linesOf(sums.read(find('lanes.jsonl')))) yield laneLine(line);
  for (const entry of under('records')) yield* linesOf(sums.read(entry));
  yield* accessLines(find('access-log.csv'), sums);
  for await (const _ of sums.read(find('READ-ME.txt'))) continue;
}

function missing(name: string): never {
  throw bad(`${name} is missing.`);
}

// How far a lane goes, its entries say.
function laneLine(line: Uint8Array): Uint8Array {
  const value = parsed(Buffer.from(line).toString());
  if (!isObject(value) || value['type'] !== 'lane') return line;
  const { seq: _seq, chain: _chain, ...lane } = value;
  return lineOf(lane);
}

function parsed(text: string): unknown {
  try { return JSON.parse(text); } catch { return null; }
}

async function* blobLines(entry: ArchiveEntry, sums: Sums): AsyncGenerator<Uint8Array> {
  const [, service] = entry.name.split('/');
  const blob = entry.name.split('/').at(-1)!.replace(/\.[a-z]+$/, '');
  const parts = Math.ceil(entry.bytes / BLOB_PART.bytes);
  let part = 0;
  for await (const data of cutTo(BLOB_PART.bytes, sums.read(entry))) yield lineOf({ type: 'blob', service, blob, part: ++part, parts, data: toBase64Url(data) });
}

async function* cutTo(size: number, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held = Buffer.alloc(0);
  for await (const piece of pieces) {
    held = Buffer.concat([held, piece]);
    for (; held.length >= size; held = held.subarray(size)) yield held.subarray(0, size);
  }
  if (held.length > 0) yield held;
}

async function* accessLines(entry: ArchiveEntry, sums: Sums): AsyncGenerator<Uint8Array> {
  let columns: string[] | null = null;
  for await (const raw of linesOf(sums.read(entry))) {
    const fields = Buffer.from(raw).toString().trimEnd().split(',');
    if (columns) yield lineOf({ type: 'access', ...Object.fromEntries(columns.map((name, i) => [name, valueOf(name, fields[i] ?? '')])) });
    else columns = fields;
  }
}

function valueOf(name: string, field: string): string | number | boolean | null {
  if (field === '' && MAY_BE_NULL.has(name)) return null;
  if (name === 'refused') return field === 'true';
  return NUMBERS.has(name) ? Number(field) : field;
}

/** Reads files and notes what they were. */
interface Sums { read(entry: ArchiveEntry): AsyncGenerator<Uint8Array>; json(entry: ArchiveEntry): Promise<JsonObject>; check(): Promise<void> }

function makeSums(archive: Archive): Sums {
  const found = new Map<string, string>();
  async function* read(entry: ArchiveEntry): AsyncGenerator<Uint8Array> {
    const hash: Hash = createHash('sha256');
    for await (const piece of entry.read()) { hash.update(piece); yield piece; }
    found.set(entry.name, hash.digest('hex'));
  }
  const textOf = async (entry: ArchiveEntry, pieces = read(entry), most = MOST_SMALL): Promise<string> => {
    if (entry.bytes > most) throw bad(`${entry.name} is too large.`);
    const all: Uint8Array[] = [];
    for await (const piece of pieces) all.push(piece);
    return Buffer.concat(all).toString();
  };
  return {
    read,
    json: async (entry) => {
      const value = parsed(await textOf(entry));
      if (!isObject(value)) throw bad(`${entry.name} cannot be read.`);
      return value;
    },
    check: async () => {
      const sums = archive.entries.find(({ name }) => name === 'sums.txt') ?? missing('sums.txt');
      const said = await textOf(sums, sums.read(), 2 ** 28);
      const have = archive.entries.filter((entry) => entry !== sums).map(({ name }) => `${found.get(name) ?? ''}  ${name}\n`).join('');
      if (said !== have) throw new Refusal('invalid', 'zip_sums', 'A file in this export is not what it was when it was written, or does not belong there.');
    },
  };
}
