import { createHash } from 'node:crypto';
import { BLOB_PART, toBase64Url, type Json, type Envelope } from '@commonhold/core';
import { payloadOf } from '../store/pod/payload.ts';
import { checkedOf } from '../store/receive/tail.ts';
import type { AccessLog } from '../store/log/access-log.ts';
import type { LogLine } from '../store/log/lines.ts';
import type { EntryRow, LaneRow, PodStatements } from '../store/pod/statements.ts';
import type { OpenPod, Pods } from '../store/pods.ts';
import type { FindHome, Home } from './homes.ts';
import { chainOf } from './identity.ts';

const DAY = 86_400_000;

/** What one service keeps alone, with its lines in the log of whoever is behind the persona. */
export interface OnlyOf { service: string; owner: string }

/** What an export is made of. */
export interface ExportDeps { find: FindHome; pods: Pods; log: AccessLog; house: string; now(): number }

/**
 * A pod as JSON Lines (spec/export.md, version 1): header, key log, contracts, blobs, lanes with every entry, access log, end.
 * A blob whose bytes are gone is left out, since all else may leave without it; whoever checks the file is told.
 * No private keys are in it. Null when nobody of that persona is at home here. Lines come one by one, each with its newline.
 */
export const makeExport = ({ find, pods, log, house, now }: ExportDeps) => (persona: string, only?: OnlyOf): Iterable<string> | null => {
  const home = find(persona);
  if (!home) return null;
  const header = { type: 'commonhold-export', v: 1, persona, exportedAt: now(), house };
  return sealed(momentOf(pods, home.pod, (sql) => lines(sql, { pod: home.pod, state: find(persona)?.state ?? home.state }, { log, header, only })));
};

/** Slow readers must not see half of a write: all that comes is of one moment, which is held until they are done. */
export function* momentOf<T>(pods: Pods, { id, shelf }: OpenPod, of: (sql: PodStatements) => Iterable<T>): Iterable<T> {
  const release = shelf.hold();
  try {
    const { sql, close } = pods.snapshot(id);
    try { yield* of(sql); } finally { close(); }
  } finally { release(); }
}

function* sealed(objects: Iterable<object>): Iterable<string> {
  const hash = createHash('sha256');
  let count = 0;
  for (const object of objects) {
    const line = `${JSON.stringify(object)}\n`;
    hash.update(line);
    count++;
    yield line;
  }
  yield `${JSON.stringify({ type: 'end', lines: count + 1, sha256: hash.digest('base64url') })}\n`;
}

interface Parts { log: AccessLog; header: object; only: OnlyOf | undefined }

function* lines(sql: PodStatements, { pod: { shelf }, state }: Home, { log, header, only }: Parts): Iterable<object> {
  const isIn = ({ service }: { service: string }): boolean => only === undefined || service === only.service;
  const keyLog = chainOf({ pod: { sql }, state });
  yield header;
  for (const signed of keyLog) yield { type: 'statement', ...signed };
  for (const { service, hash, contract, joined } of contractsOf(sql, state.ref).filter(isIn)) {
    yield { type: 'contract', service, hash, contract: JSON.parse(contract) as Json };
    yield { type: 'joined', ...JSON.parse(joined) as object };
  }
  // What waits to be decided names blobs, too, and leaves with the rest.
  for (const { service, blob, bytes } of sql.namedBlobs.all(state.ref, sql.parkedBlobs.get() ? 1 : 0).filter(isIn)) {
    const parts = Math.ceil(bytes / BLOB_PART.bytes);
    let part = 0;
    for (const piece of shelf.pieces(blob, BLOB_PART.bytes)) yield { type: 'blob', service, blob, part: ++part, parts, data: toBase64Url(piece) };
  }
  yield* laneLines(sql, state.ref, isIn);
  yield* closeLines(sql, state, isIn);
  for (const line of accessOf(log, only?.owner ?? state.persona)) if (isIn(line)) yield accessLine(line);
}

/** Every version of a contract that was joined, the one in force last. */
export const contractsOf = (sql: PodStatements, persona: number) => [...sql.earlierContracts.all(persona), ...sql.contracts.all(persona)];

/** The days of the access log that are kept. */
export const accessOf = (log: AccessLog, persona: string): Iterable<LogLine> => log.lines(persona, log.today() - log.keepDays(persona) + 1, log.today() + 1);

/** How far the revokers of devices vouch for the lanes that are in the file, as of the revocations that count now. */
export function* closeLines(sql: PodStatements, { ref, keyLog }: Home['state'], isIn: (lane: LaneRow) => boolean = () => true): Iterable<object> {
  const lanes = new Set(sql.lanes.all(ref).filter(isIn).map(({ lane, device }) => `${toBase64Url(lane)} ${device}`));
  for (const { lane, device, head, signed } of sql.closes.all(ref)) {
    const isCurrent = keyLog.heads[keyLog.devices.get(device)?.revokedAt ?? -1] === head;
    if (isCurrent && lanes.has(`${lane} ${device}`)) yield { type: 'close', ...JSON.parse(signed) as object };
  }
}

/** A line of the access log as exports have it. */
export function accessLine({ day, n, ...line }: LogLine) {
  return { type: 'access', day: new Date(day * DAY).toISOString().slice(0, 10), ...line, count: n };
}

/** Every lane of a persona with its entries, those that wait included: what another device of the same person takes in. */
export function* laneLines(sql: PodStatements, persona: number, isIn: (lane: LaneRow) => boolean = () => true): Iterable<object> {
  for (const lane of sql.lanes.all(persona).filter(isIn)) {
    yield { type: 'lane', ...JSON.parse(lane.announcement) as object };
    yield* entryLines(sql, lane);
  }
}

/** The entries of one lane, then those that wait. */
export function* entryLines(sql: PodStatements, lane: LaneRow): Iterable<object> {
  // Some at a time: a lane may be longer than there is memory, or patience, for.
  for (let after = 0; ;) {
    const entries = sql.entriesAfter.all(lane.ref, after);
    for (const entry of entries) yield entryLine(sql, lane, entry);
    if (entries.length === 0) break;
    after = entries.at(-1)!.seq;
  }
  for (const { line, body } of sql.parked.all(lane.ref).map(checkedOf)) yield { ...line, ...(body === null ? {} : { body: JSON.parse(body) as Json }) };
}

function entryLine(sql: PodStatements, lane: LaneRow, { seq, id, sig, head, envelope }: EntryRow): object {
  const base = {
    type: 'entry', lane: toBase64Url(lane.lane), device: lane.device, seq, id: toBase64Url(id),
    ...(sig && head ? { sig: toBase64Url(sig), head } : {}),
  };
  if (envelope === null) return base;
  const payload = payloadOf(sql, { lane: lane.ref, seq, key: (JSON.parse(envelope) as Envelope).key });
  return {
    ...base, envelope,
    ...(payload?.body && payload.salt ? { body: JSON.parse(payload.body) as Json, salt: toBase64Url(payload.salt) } : {}),
    ...(payload?.offer ? { offer: JSON.parse(payload.offer) as object } : {}),
  };
}
