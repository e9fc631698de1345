import {
  canonical, isByItsKey, isObject, openLog, parseEnvelope, toBase64Url, wins, type Envelope, type Json, type KeyLogState, type LogEntry, type LogWalk, type Offer, type ServiceOffer, type Signed, type Suite,
} from '@commonhold/core';
import type { AuditStatements, HolderRow } from '../../store/pod/audit.ts';
import type { EntryRow, LaneRow, PayloadRow, PodStatements } from '../../store/pod/statements.ts';
import { plain, type TellHere } from './damage.ts';
import { parsed, type KnownService } from './signed.ts';

/** What a lane is checked against. */
export interface LaneCheck {
  suite: Suite;
  audit: AuditStatements;
  sql: PodStatements;
  /** The persona's number in the file. */
  persona: number;
  keyLog: KeyLogState;
  /** Services by hash of the contracts in the file. */
  contracts: ReadonlyMap<string, KnownService>;
  tell: TellHere;
  /** Hears of each entry that was looked at. */
  step(): void;
}

/** Checks one lane from its announcement to its last head, each record with the row that holds its key. Answers the erased. */
export function checkLane(check: LaneCheck, lane: LaneRow): number {
  const { suite, keyLog, tell } = check;
  const opened = openLog(suite, parsed(lane.announcement) ?? null, keyLog);
  if (!opened.ok) { tell(opened.code, `The announcement: ${plain(opened)[1]}`); return 0; }
  const walk = opened.value;
  checkAnnounced(check, lane, walk);
  let last: EntryRow | undefined;
  let erased = 0;
  for (const entry of check.audit.entries(lane.ref)) {
    last = entry;
    if (entry.envelope === null) erased++;
    checkEntry(check, lane, walk, entry);
    check.step();
    if (walk.lost) return erased;
  }
  checkEnd(check, lane, walk, last);
  const waited = checkWaiting(check, lane, walk);
  // One signature may vouch for records of which only some count yet.
  const end = walk.lost ? null : walk.end();
  if (end && !end.ok) check.tell(...plain(end), lane.seq + waited);
  return erased;
}

/** What waits after the head of a lane goes on with its chain, whole, and holds nothing yet. */
function checkWaiting({ sql, tell, step, contracts }: LaneCheck, lane: LaneRow, walk: LogWalk): number {
  let waiting = 0;
  for (const row of sql.parked.all(lane.ref)) {
    const said = parsed(row.line);
    if (!isObject(said)) { tell('parked_unreadable', 'A record that waits cannot be read.', row.seq); return waiting; }
    const { body, blobs: _blobs, ...line } = said;
    const fed = walk.feed({ ...line as unknown as LogEntry, ...(body === undefined ? {} : { body: (parsed(String(body)) ?? null) as Json }) });
    if (!fed.ok) tell(...plain(fed), row.seq);
    else if (fed.value) checkContract({ contracts, tell }, fed.value, line['offer'], row.seq);
    waiting++;
    step();
    if (walk.lost) break;
  }
  return waiting;
}

function checkAnnounced({ contracts, tell }: LaneCheck, lane: LaneRow, { lane: announced }: LogWalk): void {
  for (const name of ['service', 'collection', 'audience', 'device'] as const) {
    if (lane[name] !== announced[name]) tell('wrong_row', `The ${name} of the lane is not the announced one.`);
  }
  if (toBase64Url(lane.lane) !== announced.lane) tell('wrong_row', 'The lane is not the announced one.');
  if (contracts.get(announced.contract)?.service !== announced.service) tell('contract_missing', 'The contract of the lane is not in the file.');
}

function checkEntry(check: LaneCheck, lane: LaneRow, walk: LogWalk, entry: EntryRow): void {
  const envelope = envelopeOf(entry);
  const { row, held, other } = envelope ? besides(check, lane, entry, envelope) : NOTHING;
  const line = entryOf(entry, held ?? other);
  const fed = walk.feed(line);
  const fault = held || other?.body ? null : passedOver(envelope, entry, row);
  if (fault) check.tell(...fault, entry.seq);
  // What follows from that fault alone is not told again.
  if (!fed.ok && (!fault || walk.lost)) check.tell(...plain(fed), entry.seq);
  if (fed.ok && envelope) checkKept(check, envelope, { row: held, offer: line.offer }, entry.seq);
}

/** The row that holds the key of a record, if it is held by this very one; else what lies beside it otherwise. */
interface Beside { row?: HolderRow | undefined; held?: HolderRow | undefined; other?: PayloadRow | undefined }

const NOTHING: Beside = {};

// A record that lost is kept until somebody chooses; of a remove that was beaten, the offer.
function besides({ audit, sql, persona }: LaneCheck, lane: LaneRow, { seq }: EntryRow, { service, collection, key }: Envelope): Beside {
  const row = audit.holder(persona, service, collection, key);
  if (row?.lane === lane.ref && row.seq === seq) return { row, held: row };
  const removal = sql.removal.get(lane.ref, seq);
  return { row, other: sql.conflictAt.get(lane.ref, seq) ?? (removal && { body: null, salt: null, offer: removal.offer }) };
}

function envelopeOf({ envelope }: EntryRow): Envelope | null {
  const read = envelope === null ? null : parseEnvelope(envelope);
  return read?.ok ? read.value : null;
}

/** What is wrong with a record that does not hold its key; nothing is, for a remove that something later beat. */
function passedOver(envelope: Envelope | null, entry: EntryRow, row: HolderRow | undefined): [code: string, says: string] | null {
  if (!envelope) return null;
  if (!row) return ['row_missing', 'No row holds what this record wrote.'];
  const here = { ...envelope, id: toBase64Url(entry.id) };
  if (!wins({ ...row, base: null, id: toBase64Url(row.id) }, here)) return ['wrong_winner', 'The key is held by a record that does not beat this one.'];
  return envelope.op === 'put' ? ['not_erased', 'A record that was replaced or removed still has its envelope.'] : null;
}

/** The contract that a record names is there; and what the service itself offered, it signed with the key in that one. */
function checkContract({ contracts, tell }: Pick<LaneCheck, 'contracts' | 'tell'>, envelope: Envelope, offer: unknown, seq: number): void {
  const known = contracts.get(envelope.contract);
  if (known?.service !== envelope.service) tell('contract_missing', 'The contract of the record is not in the file.', seq);
  else if (!isByItsKey(envelope, offer, known.key)) tell('offer_wrong_key', 'The key of the service in the contract is another one.', seq);
}

function checkKept(check: LaneCheck, envelope: Envelope, { row, offer }: { row: HolderRow | undefined; offer: unknown }, seq: number): void {
  const { tell } = check;
  checkContract(check, envelope, offer, seq);
  // Readers are given the text as it is, so that it must be the one text that was hashed.
  if (row?.body != null && row.body !== textOf(parsed(row.body))) tell('not_canonical', 'The body is not in its canonical form.', seq);
}

function textOf(body: unknown): string | null {
  try { return canonical(body as Json); } catch { return null; }
}

function entryOf({ seq, id, sig, head, envelope }: EntryRow, row: PayloadRow | undefined): LogEntry {
  return {
    seq, id: toBase64Url(id),
    ...(sig === null ? {} : { sig: toBase64Url(sig) }), ...(head === null ? {} : { head }), ...(envelope === null ? {} : { envelope }),
    // Null stands for what cannot be read: it never has the hash that was signed.
    ...(row?.body == null ? {} : { body: (parsed(row.body) ?? null) as Json }),
    ...(row?.salt == null ? {} : { salt: toBase64Url(row.salt) }),
    ...(row?.offer == null ? {} : { offer: (parsed(row.offer) ?? null) as Signed<Offer | ServiceOffer> }),
  };
}

function checkEnd({ tell }: LaneCheck, lane: LaneRow, walk: LogWalk, last: EntryRow | undefined): void {
  if (lane.seq !== (last?.seq ?? 0)) tell('wrong_head', `The lane counts ${lane.seq} records, and there are ${last?.seq ?? 0}.`);
  else if (toBase64Url(lane.chain) !== walk.chain) tell('wrong_head', 'The lane has another head than its chain.');
  const onTime = last === undefined || (last.envelope === null ? lane.clock >= walk.lastAt : lane.clock === walk.lastAt);
  if (!onTime) tell('wrong_clock', 'The clock of the lane is not that of its last record.');
}
