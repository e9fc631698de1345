import type { LogBook } from '../../firewall/log-book.ts';
import type { Caller } from '../../firewall/caller.ts';

/** What the verbs of the access log need. */
export interface LogDeps {
  log: LogBook;
  /** A person as JSON text, as this caller may name them. */
  personOf(caller: Caller, persona: string): string;
  /** What somebody called a token of theirs; '' for one that is forgotten. */
  labelOf(persona: string, token: string): string;
  /** What a service calls itself; '' for one that is not known here any more. */
  titleOf(persona: string, service: string): string;
}

/** The person whose log it is. */
export type Owner = Caller & { persona: string };

/** Whose deliveries a line counts. `others`: more different callers than a day has lines for; `house`: whoever sits at its machine. */
export type Who = { kind: 'person'; persona: string; handle: string; name: string } | { kind: 'app'; id: string; label: string } | { kind: 'service'; service: string; title: string } | { kind: 'anyone' | 'housemates' | 'others' | 'house' };

/**
 * A line of the log. `audience` is there where deliveries are only counted, `first` and `last` (ms) where they have a name;
 * with the rule `more` it stands for several, and service, collection and verb are empty.
 */
export interface Line {
  who: Who; service: string; collection: string; verb: string; audience: string | null;
  refused: boolean; rule: string | null; n: number; first: number | null; last: number | null;
}

/** A page of the log; days as YYYY-MM-DD (UTC), newest first. `next`: ask with it as `before`, or null. */
export interface Log {
  days: { day: string; lines: Line[] }[];
  today: { callers: number; reads: number; refused: number };
  keepDays: number;
  next: string | null;
}

/** What a listener hears: `log` with `{day, line}` as JSON text. */
export interface LogEvent { type: string; data: string }
