import { isObject, parseEnvelope, Refusal, toBase64Url, type Suite } from '@commonhold/core';
import { unsound } from '../../sqlite/read-only.ts';
import { openAudit, type PodAudit, type RowBesideEntry } from '../../store/pod/audit.ts';
import type { Change, LaneHead } from '../../store/pod/types.ts';
import { checkBlobs, type BlobTally } from './blobs.ts';
import { isSqliteError, type Tell, type TellHere } from './damage.ts';
import { checkLane } from './lane.ts';
import { checkContracts, checkKeyLog, parsed } from './signed.ts';

/** A pod file as the household knows it. `device` and `house` null: not known, not asked. */
export interface PodToCheck { path: string; file: string; persona: string; /** Who else the same person is in it. */ pseudonyms?: readonly string[]; handle: string | null; device: string | null; house: string | null }

/** What was looked at in a pod. */
export interface PodTally extends BlobTally { lanes: number; records: number; erased: number }

/** Who hears what a check of a pod comes by. */
export interface PodListener {
  tell: Tell;
  /** Entries done of all, now and then. */
  step(done: number, of: number): void;
  /** The rows as changes, oldest first, for those who hold views against them; not called for a file that cannot be read. */
  changes(changes: Iterable<Change>): void;
}

interface Check { suite: Suite; pod: PodToCheck; open: PodAudit; hears: PodListener; tally: PodTally; done: number; of: number }

const STEP = 256;

/** Checks everything in one pod file that nobody has open, without changing it: signatures, chains, and each row against its entry. */
export function verifyPod(suite: Suite, pod: PodToCheck, hears: PodListener): PodTally {
  const tally: PodTally = { lanes: 0, records: 0, erased: 0, blobs: 0, bytes: 0, leftovers: 0 };
  let open: PodAudit | undefined;
  try {
    open = openAudit(pod.path);
    const flaw = unsound(open.db);
    if (flaw !== null) tellOf({ pod, hears })('file_damaged', `SQLite says: ${flaw}.`);
    checkPod({ suite, pod, open, hears, tally, done: 0, of: open.audit.size() });
  } catch (error) {
    if (error instanceof Refusal) tellOf({ pod, hears })(error.code, error.message);
    else if (isSqliteError(error)) tellOf({ pod, hears })('file_damaged', 'The file cannot be read to its end.');
    else throw error;
  } finally {
    open?.close();
  }
  return tally;
}

const tellOf = ({ pod, hears }: Pick<Check, 'pod' | 'hears'>, thing?: string): TellHere => (code, says, seq) => hears.tell({
  file: pod.file, who: pod.handle === null ? pod.persona : `@${pod.handle}`, code, says,
  ...(thing === undefined ? {} : { thing }), ...(seq === undefined ? {} : { seq }),
});

function checkPod(check: Check): void {
  const { pod, open } = check;
  const tell = tellOf(check);
  const personas = open.sql.personas.all();
  if (!personas.some(({ persona }) => persona === pod.persona)) tell('persona_missing', 'The persona that should be at home in this file is not in it.');
  for (const one of personas) {
    const isOwner = one.persona === pod.persona;
    if (!isOwner && !pod.pseudonyms?.includes(one.persona)) tell('persona_unexpected', 'The file holds somebody who does not live in it.');
    else if (isOwner && pod.device !== null && one.device !== pod.device) tell('wrong_device', 'The pod device is not the one that this house can sign with.');
    checkPersona(check, one);
  }
  checkConflicts(check);
  checkLocals(check);
  checkOutbox(check);
  Object.assign(check.tally, checkBlobs({ path: pod.path, file: pod.file, who: pod.handle === null ? pod.persona : `@${pod.handle}`, open, tell: check.hears.tell }));
  check.hears.changes(changesOf(open));
}

function checkPersona(check: Check, { ref, persona }: { ref: number; persona: string }): void {
  const { suite, open: { sql, audit }, pod, tally } = check;
  const keyLog = checkKeyLog(suite, sql, { ref, persona, house: pod.house }, tellOf(check, 'key log'));
  if (keyLog) {
    const contracts = checkContracts(suite, sql, ref, keyLog, (service) => tellOf(check, `contract ${service}`));
    for (const lane of sql.lanes.all(ref)) {
      const step = () => { tally.records++; if (++check.done % STEP === 0) check.hears.step(check.done, check.of); };
      tally.lanes++;
      tally.erased += checkLane({ suite, audit, sql, persona: ref, keyLog, contracts, tell: tellOf(check, laneName(lane)), step }, lane);
    }
  }
  for (const row of audit.rows(ref)) checkRow(row, ref, tellOf(check, row.lane ? laneName({ ...row, lane: row.lane }) : `row of ${row.service}.${row.collection}`));
}

const laneName = ({ lane, service, collection }: Pick<LaneHead, 'lane' | 'service' | 'collection'>): string => `lane ${toBase64Url(lane)} (${service}.${collection})`;

const SAME = ['service', 'collection', 'key', 'at', 'rev', 'op'] as const;

/** A row says what the entry that it names says. An envelope that cannot be read was told with its lane. */
function checkRow(row: RowBesideEntry, persona: number, tell: TellHere): void {
  if (row.lane === null || row.owner !== persona || row.entry === null) return tell('row_without_entry', 'A row names a record that is not there.', row.seq);
  if (toBase64Url(row.entry) !== toBase64Url(row.id)) return tell('wrong_row', 'The row has another id than its record.', row.seq);
  if (row.envelope === null) return tell('row_of_erased', 'A row still holds a record that was erased.', row.seq);
  const read = parseEnvelope(row.envelope);
  if (!read.ok) return;
  const wrong = SAME.find((name) => read.value[name] !== row[name]) ?? ((read.value.author ?? null) === row.author ? null : 'author');
  if (wrong !== null) tell('wrong_row', `The ${wrong} of the row is not that of its record.`, row.seq);
}

/** A local record is signed by nobody: that it can be read is all that can be said. */
function checkLocals(check: Check): void {
  for (const { service, collection, op, body } of check.open.audit.locals()) {
    const good = op === 'put' ? isObject(parsed(body ?? '')) : op === 'remove' && body === null;
    if (!good) tellOf(check, `local record of ${service}.${collection}`)('bad_local', 'A record that is kept here alone cannot be read.');
  }
}

/** Each record that lost names an entry that is there, whole, and says what the entry says. */
function checkConflicts(check: Check): void {
  for (const row of check.open.audit.conflicts()) {
    const tell = tellOf(check, row.name === null ? `conflict ${row.id}` : laneName({ ...row, lane: row.name }));
    if (row.name === null || row.entry === null || toBase64Url(row.entry) !== toBase64Url(row.record)) tell('conflict_without_entry', 'A record that lost is not in its lane.', row.seq);
    else if (row.envelope === null) tell('conflict_of_erased', 'A record that lost was erased from its lane.', row.seq);
    else {
      const read = parseEnvelope(row.envelope);
      if (read.ok && (['service', 'collection', 'key', 'at', 'rev'] as const).some((name) => read.value[name] !== row[name])) tell('wrong_row', 'A record that lost is not what its lane says.', row.seq);
    }
  }
}

function checkOutbox(check: Check): void {
  const { open } = check;
  const personas = new Set(open.sql.personas.all().map(({ ref }) => ref));
  for (const { id, persona, target, effect } of open.audit.outbox()) {
    const value = parsed(effect);
    const named = isObject(value) && (value['op'] === 'put' || value['op'] === 'remove')
      && ['service', 'collection', 'key'].every((name) => typeof value[name] === 'string');
    if (!named || !personas.has(persona) || target === '') tellOf(check, `outbox ${id}`)('bad_outbox', 'What waits to be delivered cannot be read.');
  }
}

const BATCH = 500;

function* changesOf({ sql }: PodAudit): Iterable<Change> {
  const names = new Map(sql.personas.all().map(({ ref, persona }) => [ref, persona]));
  for (let from = Number.MIN_SAFE_INTEGER; ;) {
    const rows = sql.since.all(from, BATCH);
    for (const { persona, service, collection, key, pos, op, audience, at, author, body } of rows) {
      yield { persona: names.get(persona) ?? '', service, collection, key, pos, op, audience, at, author, body };
    }
    if (rows.length < BATCH) return;
    from = rows.at(-1)!.pos;
  }
}
