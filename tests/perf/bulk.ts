import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readLine, Refusal, utf8, type EntryLine, type LaneLine } from '@commonhold/core';
import { openTrialDevices, type TrialDevice } from '../../packages/house/src/testing/devices.ts';
import { postText } from './content.ts';
import { alternate, summary } from './pairs.ts';
import { row, type BenchRow, type Setting, type Topic } from './row.ts';

const RECORDS = 100_000;

/** The most that one call of the records door takes. */
const PIECE_BYTES = 8 * 1024 * 1024;

/**
 * Small records of another device, as bytes of lines, in calls as the records door takes them, read, checked and on disk. DESIGN §10 has a
 * figure for replication alone, whose lines will be shorter (docs/decisions/0088): this one is held against a bare server that checks nothing.
 */
export const BULK: Topic = { name: 'taking in 100,000 records of another device', unit: 's of CPU', budget: { of: 'ratio', limit: 3.5 } };

/** The bare side parses the same lines and inserts them in one transaction, checking nothing. */
export async function measureBulk({ temp, quick }: Setting): Promise<BenchRow> {
  const [rounds, count] = quick ? [1, 1000] : [3, RECORDS];
  const trial = openTrialDevices(rounds + 2);
  try {
    const [writer, ...readers] = trial.devices as [TrialDevice, ...TrialDevice[]];
    const lines = await written(writer, count);
    let taken = 0, bare = 0;
    const found = await alternate(rounds, () => cpu(() => take(readers[taken++]!, lines)), () => cpu(async () => insert(join(temp, `bulk-${bare++}.db`), lines)));
    const { house, bare: without, ratio } = summary(found);
    return row(BULK, { value: house, baseline: without, ratio });
  } finally { trial.close(); }
}

async function written(writer: TrialDevice, count: number): Promise<Uint8Array[]> {
  for (let from = 0; from < count; from += 500) {
    await Promise.all(Array.from({ length: Math.min(500, count - from) }, (_, i) => writer.write({ key: String(from + i), body: { text: postText(from + i).slice(0, 100) } })));
  }
  return writer.lines().map((line) => utf8(`${JSON.stringify(line.type === 'lane' ? { type: 'lane', ...line.signed } : line)}\n`));
}

async function cpu(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function take(reader: TrialDevice, lines: readonly Uint8Array[]): Promise<void> {
  let applied = 0;
  for (const piece of pieces(lines)) applied += (await reader.take(piece.map(read))).applied;
  if (applied !== lines.length - 1) throw new Refusal('invalid', 'not_all', `Only ${applied} of ${lines.length - 1} records were taken in.`);
}

function read(line: Uint8Array): LaneLine | EntryLine {
  const found = readLine(line);
  if (!found.ok) throw new Refusal('invalid', found.code, found.message);
  return found.value;
}

// A piece ends with a head signature, as the parts of a lane do that go out.
function* pieces(lines: readonly Uint8Array[]): Iterable<Uint8Array[]> {
  let piece: Uint8Array[] = [];
  let bytes = 0;
  for (const line of lines) {
    piece.push(line);
    bytes += line.length;
    if (bytes > PIECE_BYTES * 0.9 && isSigned(line)) { yield piece; piece = []; bytes = 0; }
  }
  if (piece.length > 0) yield piece;
}

const isSigned = (line: Uint8Array): boolean => Buffer.from(line.buffer, line.byteOffset, line.byteLength).includes('"sig":');

function insert(path: string, lines: readonly Uint8Array[]): void {
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE entries (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, envelope TEXT, body TEXT)');
  const add = db.prepare('INSERT INTO entries VALUES (?,?,?,?)');
  db.exec('BEGIN');
  for (const line of lines) {
    const entry = JSON.parse(Buffer.from(line).toString()) as { type: string; seq: number; id: string; envelope: string; body: object };
    if (entry.type === 'entry') add.run(entry.seq, entry.id, entry.envelope, JSON.stringify(entry.body));
  }
  db.exec('COMMIT');
  db.close();
}
