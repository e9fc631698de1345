import { fromBase64Url, toBase64Url } from '../bytes/base64url.ts';
import { canonical, type Json } from '../bytes/json.ts';
import { bytes32, bytes64, integer } from '../bytes/shape.ts';
import { mayAt, type KeyLogState } from '../identity/keylog.ts';
import { statementHash } from '../identity/sign.ts';
import type { Signed } from '../identity/statement.ts';
import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import { bodyTextHash } from './body.ts';
import { chainNext, chainStart, headBytes } from './chain.ts';
import { clockMs } from './clock.ts';
import { envelopeReader } from './envelope-reader.ts';
import { envelopeId, type Envelope } from './envelope.ts';
import { verifyLane, type Lane } from './lane.ts';
import { checkOffer, type Offer } from './offer.ts';
import { checkServiceOffer, type ServiceOffer } from './service-offer.ts';

/**
 * One record of a lane as it is exported. An erased one keeps `seq` and `id` alone.
 * `sig` (64 bytes) with `head` (the key log's head that it names) stands where the device signed.
 */
export interface LogEntry {
  seq: number; id: string; sig?: string; head?: string; envelope?: string; body?: Json; salt?: string; offer?: Signed<Offer | ServiceOffer>;
}

/** What a verified lane amounts to. `chain`: base64url of the last chain value. */
export interface LogSummary { lane: Lane; entries: number; erased: number; chain: string }

interface Walk { read: (text: string) => Result<Envelope>; id: Uint8Array; bodyText: string | null; suite: Suite; lane: Lane; keyLog: KeyLogState; seq: number; chain: Uint8Array; lastAt: string; headHeight: number; erased: number; signed: boolean; lost: boolean }

/** A lane that is checked entry by entry, in bounded memory. */
export interface LogWalk {
  readonly lane: Lane;
  /**
   * Checks the next entry; answers its envelope, or null for an erased one. After a fault of an entry's content alone the walk
   * may go on; once `lost` is true (a gap, an unusable id, a bad head) nothing that follows can be judged.
   */
  feed(entry: LogEntry): Result<Envelope | null>;
  readonly lost: boolean;
  /** Of the last entry: its id and the chain up to it as bytes, and the canonical text of its body, if it has one. Only what `feed` said yes to. */
  readonly id: Uint8Array;
  readonly link: Uint8Array;
  readonly bodyText: string | null;
  /** `at` of the last entry with an envelope, or ''. */
  readonly lastAt: string;
  /** The chain after the last entry, base64url. */
  readonly chain: string;
  /** What the lane amounts to; head_missing unless the last entry carried a head signature. */
  end(): Result<LogSummary>;
}

/** Begins to check a lane from chain_0 on. Codes: those of `verifyLane`. */
export function openLog(suite: Suite, announcement: unknown, keyLog: KeyLogState): Result<LogWalk> {
  const announced = verifyLane(suite, announcement, keyLog);
  if (!announced.ok) return announced;
  const lane = announced.value;
  return yes(resumeLog(suite, lane, keyLog, { seq: 0, chain: chainStart(suite, lane.persona, bytes(lane.device), bytes(lane.lane)), lastAt: '', head: '' }));
}

function walkOf(walk: Walk): LogWalk {
  const { lane } = walk;
  return {
    lane,
    feed: (entry) => checkEntry(walk, entry),
    get lost() { return walk.lost; },
    get id() { return walk.id; },
    get link() { return walk.chain; },
    get bodyText() { return walk.bodyText; },
    get lastAt() { return walk.lastAt; },
    get chain() { return toBase64Url(walk.chain); },
    end: () => (walk.signed
      ? yes({ lane, entries: walk.seq, erased: walk.erased, chain: toBase64Url(walk.chain) })
      : no('head_missing', 'The last record of a lane carries a head signature.')),
  };
}

/** Where a lane that was checked before ended. `chain`: 32 bytes; `head`: what its last head signature named, or '' where it has none. */
export interface LogTail { seq: number; chain: Uint8Array; lastAt: string; head: string }

/** Goes on with a lane whose beginning was checked: its announcement, and the entries up to `tail`. */
export function resumeLog(suite: Suite, lane: Lane, keyLog: KeyLogState, tail: LogTail): LogWalk {
  const { seq, chain, lastAt, head } = tail;
  return walkOf({ read: envelopeReader(lane), id: chain, bodyText: null, suite, lane, keyLog, seq, chain, lastAt, headHeight: keyLog.heads.indexOf(head === '' ? lane.keyLogHead : head), erased: 0, signed: true, lost: false });
}

/**
 * Verifies one lane of one device from chain_0 on, erased entries included.
 * Codes: those of `verifyLane` and `parseEnvelope`; bad_field, wrong_seq, wrong_id, wrong_lane, clock_went_back,
 * body_missing, body_unexpected, wrong_body, erased_not_bare, offer_missing, offer_unexpected, offer_mismatch and those of
 * `checkOffer`, offer_expired, head_unknown, device_…, head_went_back, bad_signature, head_missing. `at` = `entries[i]…`.
 */
export function verifyLog(
  suite: Suite, of: { announcement: unknown; entries: readonly LogEntry[]; keyLog: KeyLogState },
): Result<LogSummary> {
  const opened = openLog(suite, of.announcement, of.keyLog);
  if (!opened.ok) return opened;
  for (const [i, entry] of of.entries.entries()) {
    const step = opened.value.feed(entry);
    if (!step.ok) return no(step.code, step.message, `entries[${i}]${step.at === undefined ? '' : `.${step.at}`}`);
  }
  const summary = opened.value.end();
  return summary.ok ? summary : no(summary.code, summary.message, `entries[${of.entries.length - 1}]`);
}

const bytes = (text: string): Uint8Array => fromBase64Url(text)!;

function checkEntry(walk: Walk, entry: LogEntry): Result<Envelope | null> {
  const placed = checkPlace(walk, entry);
  if (!placed.ok) { walk.lost = true; return placed; }
  walk.id = bytes(entry.id);
  walk.bodyText = null;
  const content = entry.envelope === undefined ? checkErased(walk, entry) : checkContent(walk, entry, entry.envelope);
  walk.seq++;
  walk.chain = chainNext(walk.suite, walk.chain, walk.id);
  const head = checkHead(walk, entry);
  if (!head.ok) walk.lost = true;
  return content.ok && !head.ok ? head : content;
}

function checkPlace(walk: Walk, entry: LogEntry): Result<true> {
  const seq = walk.seq + 1;
  if (!integer(1).check(entry.seq) || entry.seq !== seq) return no('wrong_seq', `The next record is number ${seq}.`, 'seq');
  return bytes32.check(entry.id) ? yes(true) : no('bad_field', 'An id is 32 bytes as base64url.', 'id');
}

function checkErased(walk: Walk, entry: LogEntry): Result<null> {
  walk.erased++;
  const bare = entry.body === undefined && entry.salt === undefined && entry.offer === undefined;
  return bare ? yes(null) : no('erased_not_bare', 'An erased record keeps no body, salt or offer.');
}

function checkContent(walk: Walk, entry: LogEntry, text: string): Result<Envelope> {
  const parsed = walk.read(text);
  if (!parsed.ok) return parsed;
  const envelope = parsed.value;
  if (!same(envelopeId(walk.suite, text), walk.id)) return no('wrong_id', 'The id is not the hash of the envelope.', 'id');
  const { lane } = walk;
  for (const name of ['persona', 'device', 'service', 'lane', 'collection'] as const) {
    if (envelope[name] !== lane[name]) return no('wrong_lane', `The record's ${name} is not the lane's.`, `envelope.${name}`);
  }
  if (envelope.seq !== entry.seq) return no('wrong_seq', 'The envelope has another number.', 'envelope.seq');
  if (envelope.at <= walk.lastAt) return no('clock_went_back', 'A record is not later than the one before it.', 'envelope.at');
  walk.lastAt = envelope.at;
  const body = checkBody(walk, entry, envelope);
  const offered = body.ok ? checkOffered(walk, entry, envelope) : body;
  return offered.ok ? parsed : offered;
}

function checkBody(walk: Walk, { body, salt }: LogEntry, envelope: Envelope): Result<true> {
  if (envelope.body === undefined) {
    return body === undefined && salt === undefined ? yes(true) : no('body_unexpected', 'A remove has no body.', 'body');
  }
  if (body === undefined || salt === undefined) return no('body_missing', 'A put comes with its body and salt.', 'body');
  if (!bytes32.check(salt)) return no('bad_field', 'A salt is 32 bytes as base64url.', 'salt');
  return hashes(walk, bytes(salt), body, envelope.body) ? yes(true) : no('wrong_body', 'The body and salt do not hash to what was signed.', 'body');
}

// A body from a file may have no canonical form (a lone surrogate, endless depth): then it was never signed.
function hashes(walk: Walk, salt: Uint8Array, body: Json, expected: string): boolean {
  try { walk.bodyText = canonical(body); } catch { return false; }
  return same(bodyTextHash(walk.suite, salt, walk.bodyText), bytes(expected));
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < 32; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** What an offer has in common with the record that it became; a service's speaks of no contract and no base. */
const SHARED = ['author', 'service', 'contract', 'collection', 'key', 'op', 'base', 'body'] as const;
const SHARED_BY_SERVICE = ['service', 'collection', 'key', 'op', 'body'] as const;

function checkOffered(walk: Walk, { offer: signed }: LogEntry, envelope: Envelope): Result<true> {
  if (envelope.offer === undefined) {
    return signed === undefined ? yes(true) : no('offer_unexpected', 'This record was not offered by anybody.', 'offer');
  }
  if (signed === undefined) return no('offer_missing', 'A record by somebody else comes with the offer.', 'offer');
  const checked = envelope.author === envelope.service ? offeredByService(walk.suite, signed, envelope) : offeredBySomebody(walk.suite, signed, envelope);
  if (!checked.ok) return checked;
  const { offer, same } = checked.value;
  if (!same || offer.owner !== envelope.persona || statementHash(walk.suite, offer) !== envelope.offer) return no('offer_mismatch', 'The record is not what was offered.', 'offer');
  return clockMs(envelope.at) <= offer.expiry ? yes(true) : no('offer_expired', 'The offer had expired when it was taken.', 'offer');
}

interface Compared { offer: Offer | ServiceOffer; same: boolean }

function offeredBySomebody(suite: Suite, signed: unknown, envelope: Envelope): Result<Compared> {
  const checked = checkOffer(suite, signed);
  return checked.ok ? yes({ offer: checked.value, same: SHARED.every((name) => checked.value[name] === envelope[name]) }) : checked;
}

function offeredByService(suite: Suite, signed: unknown, envelope: Envelope): Result<Compared> {
  const checked = checkServiceOffer(suite, signed);
  return checked.ok ? yes({ offer: checked.value, same: SHARED_BY_SERVICE.every((name) => checked.value[name] === envelope[name]) }) : checked;
}

function checkHead(walk: Walk, { seq, sig, head }: LogEntry): Result<true> {
  walk.signed = sig !== undefined;
  if (sig === undefined) return head === undefined ? yes(true) : no('bad_field', 'head stands only beside sig.', 'head');
  if (!bytes64.check(sig)) return no('bad_field', 'A signature is 64 bytes as base64url.', 'sig');
  if (!bytes32.check(head)) return no('bad_field', 'A key log head is 32 bytes as base64url.', 'head');
  const { suite, lane, keyLog, chain } = walk;
  const height = mayAt(keyLog, lane.device, 'write', head!);
  if (!height.ok) return no(height.code, height.message, 'head');
  if (height.value < walk.headHeight) return no('head_went_back', 'A later signature names an older key log.', 'head');
  walk.headHeight = height.value;
  const signed = headBytes({
    persona: lane.persona, device: bytes(lane.device), service: lane.service, lane: bytes(lane.lane), seq, chain, keyLogHead: bytes(head!),
  });
  return suite.verify(bytes(lane.device), signed, bytes(sig)) ? yes(true) : no('bad_signature', 'The head signature does not fit.', 'sig');
}
