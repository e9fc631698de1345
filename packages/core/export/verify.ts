import { toBase64Url } from '../bytes/base64url.ts';
import { isObject, type JsonObject } from '../bytes/json.ts';
import { closed } from '../bytes/shape.ts';
import { namedBlobs } from '../contract/blobs.ts';
import { contractHash } from '../contract/hash.ts';
import type { Contract } from '../contract/types.ts';
import { extendKeyLog, type KeyLogState } from '../identity/keylog.ts';
import type { Envelope } from '../record/envelope.ts';
import { isByItsKey } from '../record/service-offer.ts';
import { verifyLaneClose } from '../record/close.ts';
import { verifyJoined } from '../record/joined.ts';
import { openLog, type LogEntry, type LogWalk } from '../record/log.ts';
import { no, yes, type Result } from '../result.ts';
import type { Hasher, Suite } from '../suite.ts';
import { readBlobs, type BlobReading } from './blobs.ts';
import { parseLine } from './json.ts';
import { ACCESS, CONTRACT, END, ENTRY, HEADER } from './shapes.ts';

/** What a verified export amounts to; records count the puts that are there, by `service.collection`. */
export interface ExportSummary {
  persona: string; house: string; retired: boolean; statements: number; devices: { active: number; all: number };
  /** Services, sorted. */
  contracts: string[];
  lanes: number; entries: number; erased: number; signatures: number; records: ReadonlyMap<string, number>;
  /** How many others have records here. Whose devices signed those, only their own key logs say. */
  authors: number;
  /** Blobs and their bytes. */
  blobs: { count: number; bytes: number };
  access: number;
}

/** The verdict on an export; `line` is the last that was read, counted from 1: where the fault is, if there is one. */
export type ExportVerdict = { line: number } & Result<ExportSummary>;

interface Reading {
  suite: Suite; header: { persona: string; house: string } | null; keyLog: KeyLogState | null; atHome: boolean;
  contracts: Map<string, JsonObject>; blobs: BlobReading; lanes: Map<string, LogWalk>; closed: Set<string>; authors: Set<string>; records: Map<string, number>;
  signatures: number; access: number; lines: number; hash: Hasher; ended: boolean;
}

/**
 * Checks an export (spec/export.md, version 1) line by line: each line's bytes with its U+000A, as `linesOf` gives them.
 * Memory grows with lanes, contracts, authors and the number of blobs, not with records. The first fault ends it.
 * Codes: not_json, not_object, bad_header, unknown_type, line_order, wrong_house, contract_hash, contract_service,
 * contract_missing, offer_wrong_key, lane_twice, close_twice, lane_unknown, blob_part, blob_twice, blob_hash, blob_missing, end_lines, end_sha256, end_missing, after_end, those of closed fields, and those of
 * `extendKeyLog`, `verifyJoined` and `openLog`.
 */
export async function verifyExport(suite: Suite, lines: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<ExportVerdict> {
  const contracts = new Map<string, JsonObject>();
  const reading: Reading = {
    suite, header: null, keyLog: null, atHome: false, contracts, blobs: readBlobs(suite, (service) => [...contracts.values()].some((one) => serviceOf(one) === service)), lanes: new Map(), closed: new Set(), authors: new Set(), records: new Map(),
    signatures: 0, access: 0, lines: 0, hash: suite.hasher(), ended: false,
  };
  let line = 0;
  for await (const raw of lines) {
    line++;
    const step = feed(reading, raw);
    if (!step.ok) return { line, ...step };
  }
  return { line, ...finish(reading) };
}

function feed(reading: Reading, raw: Uint8Array): Result<unknown> {
  if (reading.ended) return no('after_end', 'Something stands after the end.');
  const parsed = parseLine(raw);
  if (!parsed.ok) return parsed;
  if (!isObject(parsed.value)) return no('not_object', 'A line is a JSON object.');
  reading.lines++;
  const taken = take(reading, parsed.value);
  if (taken.ok && !reading.ended) reading.hash.update(raw);
  return taken;
}

function finish(reading: Reading): Result<ExportSummary> {
  const { header, keyLog } = reading;
  if (header === null) return no('bad_header', 'This is not an export.');
  if (!reading.ended || keyLog === null) return no('end_missing', 'The export breaks off.');
  const devices = [...keyLog.devices.values()];
  const lanes = [...reading.lanes.values()].map((lane) => lane.end()).filter((end) => end.ok).map(({ value }) => value);
  return yes({
    ...header, retired: keyLog.retired, statements: keyLog.height + 1,
    devices: { active: devices.filter(({ revokedAt }) => revokedAt === undefined).length, all: devices.length },
    contracts: [...new Set([...reading.contracts.values()].map(serviceOf))].sort(), lanes: lanes.length,
    entries: lanes.reduce((sum, { entries }) => sum + entries, 0), erased: lanes.reduce((sum, { erased }) => sum + erased, 0),
    signatures: reading.signatures, records: reading.records, authors: reading.authors.size, blobs: { count: reading.blobs.count, bytes: reading.blobs.bytes }, access: reading.access,
  });
}

type Kind = (reading: Reading, line: JsonObject, keyLog: KeyLogState) => Result<unknown>;

const KINDS: ReadonlyMap<unknown, Kind> = new Map<unknown, Kind>([
  ['contract', takeContract], ['joined', takeJoined], ['blob', ({ blobs }, line) => blobs.feed(line)], ['lane', takeLane], ['entry', takeEntry], ['close', takeClose], ['access', takeAccess], ['end', takeEnd],
]);

function take(reading: Reading, line: JsonObject): Result<unknown> {
  if (reading.header === null) return takeHeader(reading, line);
  if (line['type'] === 'statement') return takeStatement(reading, reading.header.persona, line);
  const kind = KINDS.get(line['type']);
  if (!kind) return no('unknown_type', 'There is no line of this type.', 'type');
  if (reading.keyLog === null) return no('bad_log', 'There is no key log.');
  if (!reading.atHome) return no('wrong_house', 'The key log never named this house.');
  if (reading.blobs.isOpen && line['type'] !== 'blob') return no('blob_part', 'The blob before this line lacks parts.', 'type');
  return kind(reading, line, reading.keyLog);
}

function takeHeader(reading: Reading, line: JsonObject): Result<unknown> {
  if (line['type'] !== 'commonhold-export' || line['v'] !== 1) return no('bad_header', 'An export of version 1 was expected.');
  const header = closed(line, HEADER);
  if (header.ok) reading.header = { persona: String(line['persona']), house: String(line['house']) };
  return header;
}

const signedOf = ({ type: _, ...signed }: JsonObject): JsonObject => signed;

function takeStatement(reading: Reading, persona: string, line: JsonObject): Result<unknown> {
  if (reading.contracts.size > 0 || reading.lanes.size > 0 || reading.access > 0) return no('line_order', 'The key log comes first.');
  const next = extendKeyLog(reading.suite, reading.keyLog, signedOf(line));
  if (!next.ok) return next;
  if (next.value.persona !== persona) return no('wrong_persona', 'The key log is of another persona.');
  reading.keyLog = next.value;
  reading.atHome ||= next.value.home === reading.header?.house;
  return next;
}

function takeContract({ suite, contracts }: Reading, line: JsonObject): Result<unknown> {
  const shape = closed(line, CONTRACT);
  if (!shape.ok) return shape;
  const contract = line['contract'] as JsonObject;
  if (hashOf(suite, contract) !== line['hash']) return no('contract_hash', 'The contract does not have this hash.', 'hash');
  const service = contract['service'];
  if (!isObject(service) || service['id'] !== line['service']) return no('contract_service', 'The contract is of another service.', 'service');
  contracts.set(String(line['hash']), contract);
  return yes(true);
}

// It was looked at when the line came.
const serviceOf = (contract: JsonObject): string => String((contract['service'] as JsonObject)['id']);

// What has no canonical form has no hash.
function hashOf(suite: Suite, contract: JsonObject): string | null {
  try { return contractHash(suite, contract as unknown as Contract); } catch { return null; }
}

function checkContract({ contracts }: Reading, of: { contract: string; service: string }): Result<unknown> {
  const contract = contracts.get(of.contract);
  return contract && serviceOf(contract) === of.service ? yes(true) : no('contract_missing', 'This contract of the service is not in the file.');
}

function takeJoined(reading: Reading, line: JsonObject, keyLog: KeyLogState): Result<unknown> {
  const joined = verifyJoined(reading.suite, signedOf(line), keyLog);
  return joined.ok ? checkContract(reading, joined.value) : joined;
}

const placeOf = (lane: unknown, device: unknown): string => `${String(lane)} ${String(device)}`;

function takeLane(reading: Reading, line: JsonObject, keyLog: KeyLogState): Result<unknown> {
  const opened = openLog(reading.suite, signedOf(line), keyLog);
  if (!opened.ok) return opened;
  const { lane } = opened.value;
  const known = checkContract(reading, lane);
  if (!known.ok) return known;
  const place = placeOf(lane.lane, lane.device);
  if (reading.lanes.has(place)) return no('lane_twice', 'This lane was announced before.');
  reading.lanes.set(place, opened.value);
  return opened;
}

function takeClose({ suite, lanes, closed: known }: Reading, line: JsonObject, keyLog: KeyLogState): Result<unknown> {
  const close = verifyLaneClose(suite, signedOf(line), keyLog);
  if (!close.ok) return close;
  const place = placeOf(close.value.lane, close.value.device);
  if (!lanes.has(place)) return no('lane_unknown', 'No lane of this device was announced so.');
  if (known.has(place)) return no('close_twice', 'This lane was closed before.');
  known.add(place);
  return close;
}

function takeEntry(reading: Reading, line: JsonObject): Result<unknown> {
  const shape = closed(line, ENTRY);
  if (!shape.ok) return shape;
  const lane = reading.lanes.get(placeOf(line['lane'], line['device']));
  if (!lane) return no('lane_unknown', 'No lane of this device was announced so.');
  const fed = lane.feed(line as unknown as LogEntry);
  if (!fed.ok) return fed;
  if (Object.hasOwn(line, 'sig')) reading.signatures++;
  return fed.value === null ? fed : countRecord(reading, fed.value, line);
}

function countRecord(reading: Reading, envelope: Envelope, { body, offer }: JsonObject): Result<unknown> {
  const { service, collection, op, author } = envelope;
  const name = `${service}.${collection}`;
  if (op === 'put') reading.records.set(name, (reading.records.get(name) ?? 0) + 1);
  if (author !== undefined) reading.authors.add(author);
  const known = checkContract(reading, envelope);
  if (!known.ok) return known;
  const contract = reading.contracts.get(envelope.contract)!;
  if (!isByItsKey(envelope, offer, (contract['service'] as JsonObject)['key'])) return no('offer_wrong_key', 'The key of the service in the contract is another one.', 'offer');
  if (body === undefined) return known;
  const missing = namedBlobs(contract, collection, body).find(({ blob }) => !reading.blobs.has(service, blob));
  return missing ? no('blob_missing', 'A blob that the record names is not in the file before it.', 'body') : known;
}

function takeAccess(reading: Reading, line: JsonObject): Result<unknown> {
  reading.access++;
  return closed(line, ACCESS);
}

function takeEnd(reading: Reading, line: JsonObject): Result<unknown> {
  const shape = closed(line, END);
  if (!shape.ok) return shape;
  for (const lane of reading.lanes.values()) {
    const end = lane.end();
    if (!end.ok) return end;
  }
  if (line['lines'] !== reading.lines) return no('end_lines', `The file has ${reading.lines} lines, and says another number.`, 'lines');
  if (line['sha256'] !== toBase64Url(reading.hash.digest())) return no('end_sha256', 'The bytes of the file are not those that were written.', 'sha256');
  reading.ended = true;
  return shape;
}
