import { createHash } from 'node:crypto';
import { toBase64Url } from '@commonhold/core';
import type { LaneRow, PodStatements } from '../store/pod/statements.ts';
import { accessLine, accessOf, closeLines, contractsOf, entryLines, momentOf, type ExportDeps } from './export.ts';
import type { Home } from './homes.ts';
import { chainOf } from './identity.ts';

/** A file of an export, its bytes as they come; `stored`: packed already. Files are read one after the other, each to its end. */
export interface ExportFile { name: string; bytes: Iterable<Uint8Array>; stored?: boolean }

const READ_ME = `This is everything of one person that their house held. It can be read without any program of ours.

about.json                 whose it is, from which house, and when
key-log.jsonl              who may sign for this person, from the beginning: public keys and signatures, no private key
contracts/                 what each service promised, as it was joined
joined.jsonl               that this person joined them
lanes.jsonl                the chains in which records lie, and how far each goes
records/SERVICE/*.jsonl    every record, a line each, signed; "body" is what it says
media/SERVICE/...          pictures and files, in the folder of the record that names them
access-log.csv             who read what
sums.txt                   SHA-256 of every file here: sha256sum -c sums.txt

To check all of it:        npx commonhold verify THIS.zip
or without us:             python3 spec/reader/pod.py THIS.zip
To bring it to a house:    Settings, Your data, in any house of this kind
`;
const PIECE = 64 * 1024;

/**
 * A pod as files, to be packed (spec/export.md, "As a zip"): the same lines as the export has, each kind in a file of its own. All are of one
 * moment, which is held until the last was read or nobody asks for more. Null when nobody of that persona is at home here.
 */
export const makeExportFiles = ({ find, pods, log, house, now }: ExportDeps) => (persona: string): Iterable<ExportFile> | null => {
  const home = find(persona);
  if (!home) return null;
  const about = { type: 'commonhold-zip', v: 1, persona, exportedAt: now(), house };
  return summed(momentOf(pods, home.pod, (sql) => files(sql, { pod: home.pod, state: find(persona)?.state ?? home.state }, log, about)));
};

/** Notes the sum of each file as it is read, and gives them last, as `sha256sum` writes and reads them. */
function* summed(all: Iterable<ExportFile>): Iterable<ExportFile> {
  const sums: string[] = [];
  for (const file of all) {
    yield { ...file, bytes: hashed(file, (sum) => sums.push(`${sum}  ${file.name}\n`)) };
  }
  yield text('sums.txt', sums.join(''));
}

function* hashed({ bytes }: ExportFile, done: (sum: string) => void): Iterable<Uint8Array> {
  const hash = createHash('sha256');
  for (const piece of bytes) { hash.update(piece); yield piece; }
  done(hash.digest('hex'));
}

const text = (name: string, words: string): ExportFile => ({ name, bytes: [Buffer.from(words)] });
const lines = (name: string, objects: Iterable<object>): ExportFile => ({ name, bytes: inPieces(objects) });

function* inPieces(objects: Iterable<object>): Iterable<Uint8Array> {
  let piece = '';
  for (const object of objects) {
    piece += `${JSON.stringify(object)}\n`;
    if (piece.length < PIECE) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  if (piece !== '') yield Buffer.from(piece);
}

function* files(sql: PodStatements, { pod, state }: Home, log: ExportDeps['log'], about: object): Iterable<ExportFile> {
  yield text('READ-ME.txt', READ_ME);
  yield text('about.json', `${JSON.stringify(about, null, 2)}\n`);
  yield lines('key-log.jsonl', chainOf({ pod: { sql }, state }).map((signed) => ({ type: 'statement', ...signed })));
  const contracts = contractsOf(sql, state.ref);
  for (const { service, hash, contract } of contracts) yield text(`contracts/${service}/${hash}.json`, `${JSON.stringify(JSON.parse(contract), null, 2)}\n`);
  yield lines('joined.jsonl', contracts.map(({ joined }) => ({ type: 'joined', ...JSON.parse(joined) as object })));
  const lanes = sql.lanes.all(state.ref);
  yield lines('lanes.jsonl', laneLines(sql, state, lanes));
  yield* media(sql, { pod, state });
  for (const [place, of] of Map.groupBy(lanes, ({ service, collection }) => `${service}/${collection}`)) yield lines(`records/${place}.jsonl`, entries(sql, of));
  yield { name: 'access-log.csv', bytes: accessCsv(log, state.persona) };
}

function* laneLines(sql: PodStatements, state: Home['state'], lanes: readonly LaneRow[]): Iterable<object> {
  for (const { announcement, seq, chain } of lanes) yield { type: 'lane', ...JSON.parse(announcement) as object, seq, chain: toBase64Url(chain) };
  yield* closeLines(sql, state);
}

function* entries(sql: PodStatements, lanes: readonly LaneRow[]): Iterable<object> {
  for (const lane of lanes) yield* entryLines(sql, lane);
}

function* media(sql: PodStatements, { pod: { shelf }, state }: Home): Iterable<ExportFile> {
  for (const { service, blob } of sql.namedBlobs.all(state.ref, sql.parkedBlobs.get() ? 1 : 0)) {
    const place = sql.blobPlace.get(state.ref, service, blob);
    const pieces = shelf.pieces(blob, PIECE * 16)[Symbol.iterator]();
    const first = pieces.next();
    if (first.done) continue;
    yield { name: `media/${service}/${place ? `${place.collection}/${place.key}` : 'waiting'}/${blob}.${endOf(first.value)}`, stored: true, bytes: rest(first.value, pieces) };
  }
}

function* rest(first: Uint8Array, others: Iterator<Uint8Array>): Iterable<Uint8Array> {
  yield first;
  for (let next = others.next(); !next.done; next = others.next()) yield next.value;
}

// For people who look into the folder; what a file is, its bytes say.
function endOf(head: Uint8Array): string {
  const begin = Buffer.from(head.subarray(0, 12)).toString('latin1');
  if (begin.startsWith('RIFF') && begin.endsWith('WEBP')) return 'webp';
  if (begin.startsWith('\x89PNG')) return 'png';
  if (begin.startsWith('GIF8')) return 'gif';
  return begin.startsWith('\xff\xd8\xff') ? 'jpg' : 'bin';
}

/** The columns of the access log, in their order. */
const COLUMNS = ['day', 'caller', 'service', 'collection', 'audience', 'verb', 'refused', 'rule', 'count', 'first', 'last'] as const;

function* accessCsv(log: ExportDeps['log'], persona: string): Iterable<Uint8Array> {
  yield Buffer.from(`${COLUMNS.join(',')}\n`);
  for (const line of accessOf(log, persona)) {
    const said = accessLine(line);
    // None of them can hold a comma or a quotation mark: they are names that programs gave.
    yield Buffer.from(`${COLUMNS.map((name) => String(said[name] ?? '').replace(/[",\r\n]/g, ' ')).join(',')}\n`);
  }
}
