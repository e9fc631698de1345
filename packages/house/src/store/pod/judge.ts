import { Refusal, verifyPersona, type PersonaVerdict } from '@commonhold/core';
import type { Pen } from './draft.ts';
import type { Pod } from './pod.ts';
import type { StatementRow } from './statements.ts';
import type { Judged } from './types.ts';

/**
 * What the statements that a file holds of one persona amount to now; from memory while nothing came and no move came due.
 * Refuses (`pod_damaged`) where one of them is not what was kept.
 */
export function judge(pod: Pod, of: { ref: number; persona: string }, pen: Pick<Pen, 'suite' | 'now'>): Judged {
  const rows = pod.sql.statements.all(of.ref);
  const name = rows.map(({ hash, seen }) => `${hash} ${seen}`).join();
  const had = pod.judged.get(of.ref);
  if (had?.of === name && !isDue(had.verdict, pen.now())) return had.verdict;
  const verdict = weigh(pod.id, of.persona, rows, pen);
  const judged: Judged = { keyLog: verdict.state, pending: verdict.pending, alarms: verdict.alarms, known: rows.length };
  pod.judged.set(of.ref, { of: name, verdict: judged });
  return judged;
}

/** Whether a move that could be reverted has come to stand. */
export const isDue = ({ pending }: Pick<Judged, 'pending'>, now: number): boolean => pending !== null && pending.until <= now;

// Only what was good where it stands was ever kept: anything else is damage.
function weigh(id: string, persona: string, rows: readonly StatementRow[], { suite, now }: Pick<Pen, 'suite' | 'now'>): PersonaVerdict {
  const verdict = verifyPersona(suite, {
    persona, statements: rows.map(({ signed }) => parsed(signed)), firstSeen: new Map(rows.map(({ hash, seen }) => [hash, seen])), now: now(),
  });
  if (verdict.ok && verdict.value.losers.every(({ code }) => code.startsWith('fork_'))) return verdict.value;
  throw new Refusal('unavailable', 'pod_damaged', `The pod file ${id} has a key log that does not verify. Restore it from a copy.`);
}

// What is no JSON is no statement either: the verdict says so.
function parsed(signed: string): unknown {
  try { return JSON.parse(signed) as unknown; } catch { return null; }
}
