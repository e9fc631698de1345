import { Refusal } from '@commonhold/core';
import { storageRefusal } from './sqlite/storage-refusal.ts';

/** What went wrong lately where it concerns whoever runs the house: a stable code, a sentence, how often, last when (ms since the start of the process). */
export interface Trouble { code: string; say: string; n: number; last: number }

/** Hears of what went wrong inside, where nobody asked; never of bodies. */
export type OnError = (error: unknown) => void;

/** What the house says while it runs; never of bodies. */
export interface Journal {
  /** One line of JSON. Troubles of one kind get one line a minute, with how many there were. */
  line(event: string, facts: Readonly<Record<string, string | number>>): void;
  /** Something went wrong inside, where nobody may have asked. */
  error: OnError;
  /** The troubles of the last hour that have a sentence, newest first. */
  troubles(): Trouble[];
}

const QUIET_MS = 60_000;
const RECENT_MS = 3_600_000;
const KINDS = 100;

interface Told { say: string; n: number; untold: number; last: number; toldAt: number }

/** Writes to `write`, line by line. `elapsed` in ms. */
export function makeJournal(write: (line: string) => void, elapsed: () => number = () => performance.now()): Journal {
  const kinds = new Map<string, Told>();
  const put = (event: string, facts: Readonly<Record<string, string | number>>) => write(`${JSON.stringify({ at: new Date().toISOString(), event, ...facts })}\n`);
  const trouble = (code: string, say: string) => {
    const now = elapsed();
    const kind = kinds.get(code) ?? { say, n: 0, untold: 0, last: now, toldAt: -Infinity };
    if (kinds.size < KINDS) kinds.set(code, kind);
    kind.n++;
    Object.assign(kind, { say, last: now });
    if (now - kind.toldAt < QUIET_MS) { kind.untold++; return; }
    put('trouble', { code, ...(say && { say }), ...(kind.untold > 0 && { more: kind.untold }) });
    Object.assign(kind, { toldAt: now, untold: 0 });
  };
  return {
    line: (event, facts) => { if (event === 'trouble') trouble(String(facts['code']), String(facts['say'] ?? '')); else put(event, facts); },
    // Errors of our own say what happened in a sentence; of others only the name is told, since a message may quote a body.
    error: (error) => {
      const known = storageRefusal(error);
      if (known instanceof Refusal) trouble(known.code, known.message);
      else trouble(known instanceof Error ? known.name : typeof known, '');
    },
    troubles: () => [...kinds].filter(([, { say, last }]) => say !== '' && elapsed() - last < RECENT_MS)
      .map(([code, { say, n, last }]) => ({ code, say, n, last })).toSorted((a, b) => b.last - a.last),
  };
}
