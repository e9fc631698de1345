import {
  extendKeyLog, readSigned, Refusal, statementHash, verifyPersona, type KeyLogState, type PersonaVerdict, type Result, type Signed, type Suite,
} from '@commonhold/core';
import type { Pen } from './draft.ts';
import { remember, rememberingSuite } from './judge.ts';
import type { Pod } from './pod.ts';
import { restateHeads } from './restate.ts';
import type { PersonaState } from './types.ts';

/** How many statements are kept of one persona, losers too; the last of them are for the recovery key alone, so that no stolen device can lock it out. */
export const MOST_STATEMENTS = { devices: 400, all: 500 } as const;

/** Statements that lost by this alone are kept: two recovery statements for one place are a matter for their person. */
const KEPT = 'fork_equivocation';
const STALE_PLACE = { code: 'wrong_prev', message: 'The key log has changed meanwhile. Read it again and sign anew.', at: 'statement.prev' };
const STALE: readonly string[] = ['wrong_prev', 'wrong_height'];

interface Wanted { signed: Signed; hash: string; linear: Result<KeyLogState> }

/**
 * Keeps statements of a persona, all or none: each counts now, or is the loser of an equivocation. What is known already changes nothing.
 * Answers how many were new. Inside a transaction only; `persona` says afterwards what the key log says.
 * Refuses with core's codes (field `statements[i]`): conflict `wrong_prev`, `wrong_height` for what builds on another state of the key log or
 * loses to what is here; conflict `move_pending` for what a device may not say before a move stands; `too_many_statements`; invalid otherwise.
 */
export function keepStatements(pod: Pod, persona: PersonaState, pen: Pen, statements: readonly unknown[]): number {
  const rows = pod.sql.statements.all(persona.ref);
  const seen = new Map(rows.map((row) => [row.hash, row.seen]));
  const wanted = readAll(persona.keyLog, pen.suite, statements);
  const fresh = wanted.filter(({ hash }, i) => !seen.has(hash) && wanted.findIndex((one) => one.hash === hash) === i);
  // Later is later, whatever the clock says meanwhile: what came first was seen first.
  const now = rows.reduce((latest, row) => Math.max(latest, row.seen + 1), pen.now());
  const firstSeen = new Map([...seen, ...fresh.map(({ hash }): [string, number] => [hash, now])]);
  const verdict = verifyPersona(rememberingSuite(pod, pen.suite), {
    persona: persona.persona, statements: [...rows.map(({ signed }) => JSON.parse(signed) as unknown), ...fresh.map(({ signed }) => signed)], firstSeen, now: pen.now(),
  });
  if (!verdict.ok) throw new Refusal('unavailable', 'pod_damaged', verdict.message);
  wanted.forEach((one, i) => checkOne(one, i, verdict.value));
  checkSelfRival(persona.keyLog, fresh, wanted, verdict.value);
  for (const { signed, hash } of fresh) {
    pod.sql.putStatement.run(persona.ref, hash, signed.statement.type === 'inception' ? 0 : signed.statement.height, JSON.stringify(signed), now);
  }
  checkRoom(rows.length + fresh.length, fresh, verdict.value);
  const before = persona.keyLog;
  Object.assign(persona, remember(pod, persona.ref, pod.sql.statements.all(persona.ref), verdict.value));
  restateHeads(pod, persona, pen, before);
  return fresh.length;
}

// Tried one upon the other as well: a place that is wrong there says best what the sender did not know.
function readAll(from: KeyLogState, suite: Suite, statements: readonly unknown[]): Wanted[] {
  let state = from;
  return statements.map((value, i) => {
    const read = readSigned(value);
    if (!read.ok) throw refused('invalid', read, i);
    const linear = extendKeyLog(suite, state, read.value);
    if (linear.ok) state = linear.value;
    return { signed: read.value, hash: statementHash(suite, read.value.statement), linear };
  });
}

function checkOne({ hash, linear }: Wanted, i: number, { losers, pending }: PersonaVerdict): void {
  if (pending?.waiting.includes(hash)) {
    throw refused('conflict', { code: 'move_pending', message: 'This pod is moving. Until the move stands, only your recovery words can change its keys.' }, i);
  }
  const lost = losers.find((loser) => loser.hash === hash)?.code;
  if (lost === undefined || lost === KEPT) return;
  throw lost.startsWith('fork_') || lost === 'prev_unknown'
    ? refused('conflict', told(linear, STALE) ?? STALE_PLACE, i)
    : refused(STALE.includes(lost) ? 'conflict' : 'invalid', told(linear, [lost]) ?? { code: lost, message: 'This statement may not stand where it wants to.' }, i);
}

// What was tried one upon the other says it best, where it says the same.
const told = (linear: Wanted['linear'], codes: readonly string[]) => (!linear.ok && codes.includes(linear.code) ? linear : null);

// A device that signs twice for one place has read an old key log: what it said first stays here, whichever hash is lower.
function checkSelfRival(before: KeyLogState, fresh: readonly Wanted[], wanted: readonly Wanted[], { losers }: PersonaVerdict): void {
  const displaced = losers.find(({ hash, code }) => code === 'fork_lower_hash' && hash !== null && before.heads.includes(hash));
  if (displaced) throw refused('conflict', told(fresh[0]!.linear, STALE) ?? STALE_PLACE, wanted.indexOf(fresh[0]!));
}

function refused(kind: 'invalid' | 'conflict', { code, message, at }: { code: string; message: string; at?: string }, i: number): Refusal {
  return new Refusal(kind, code, message, { field: `statements[${i}]${at === undefined ? '' : `.${at}`}` });
}

function checkRoom(held: number, fresh: readonly Wanted[], { state }: PersonaVerdict): void {
  const byDevice = fresh.some(({ signed: { statement } }) => statement.type !== 'inception' && statement.by !== state.recoveryKey);
  if (fresh.length === 0 || held <= (byDevice ? MOST_STATEMENTS.devices : MOST_STATEMENTS.all)) return;
  throw new Refusal('conflict', 'too_many_statements', byDevice
    ? 'The key log is full. Only your recovery words can still change it.' : 'The key log is full.', { field: 'statements' });
}
