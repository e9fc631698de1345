import { frame, Refusal, toBase64Url, verifyPersona, type PersonaVerdict, type Suite } from '@commonhold/core';
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
  const had = pod.judged.get(of.ref);
  if (had?.of === nameOf(rows) && !isDue(had.verdict, pen.now())) return had.verdict;
  return remember(pod, of.ref, rows, weigh(pod, of.persona, rows, pen));
}

/** Keeps a verdict of exactly these rows. */
export function remember(pod: Pod, ref: number, rows: readonly StatementRow[], { state, pending, alarms }: PersonaVerdict): Judged {
  const verdict: Judged = { keyLog: state, pending, alarms, known: rows.length };
  pod.judged.set(ref, { of: nameOf(rows), verdict });
  return verdict;
}

const nameOf = (rows: readonly StatementRow[]): string => rows.map(({ hash, seen }) => `${hash} ${seen}`).join();

const MOST_REMEMBERED = 2000;

/** The same suite, which checks no signature of this pod twice: a long key log is judged anew with each statement that comes. */
export function rememberingSuite({ verified }: Pick<Pod, 'verified'>, suite: Suite): Suite {
  return {
    ...suite,
    verify: (key, message, signature) => {
      const name = toBase64Url(suite.sha256(frame('signature', key, message, signature)));
      if (verified.has(name)) return true;
      const fits = suite.verify(key, message, signature);
      if (fits && verified.size < MOST_REMEMBERED) verified.add(name);
      return fits;
    },
  };
}

/** Whether a move that could be reverted has come to stand. */
export const isDue = ({ pending }: Pick<Judged, 'pending'>, now: number): boolean => pending !== null && pending.until <= now;

// Only what was good where it stands was ever kept: anything else is damage.
function weigh(pod: Pod, persona: string, rows: readonly StatementRow[], { suite, now }: Pick<Pen, 'suite' | 'now'>): PersonaVerdict {
  const verdict = verifyPersona(rememberingSuite(pod, suite), {
    persona, statements: rows.map(({ signed }) => parsed(signed)), firstSeen: new Map(rows.map(({ hash, seen }) => [hash, seen])), now: now(),
  });
  if (verdict.ok && verdict.value.losers.every(({ code }) => code.startsWith('fork_'))) return verdict.value;
  throw new Refusal('unavailable', 'pod_damaged', `The pod file ${pod.id} has a key log that does not verify. Restore it from a copy.`);
}

// What is no JSON is no statement either: the verdict says so.
function parsed(signed: string): unknown {
  try { return JSON.parse(signed) as unknown; } catch { return null; }
}
