import type { OnError } from '../journal.ts';
import type { AccessLog } from '../store/log/access-log.ts';
import type { LogLine, Named } from '../store/log/lines.ts';
import type { DaySum } from '../store/log/read.ts';
import { serviceName } from './caller.ts';

/** One day of a log, its lines as they are shown; `day` is counted from 1970, UTC. */
export interface LogDay { day: number; lines: LogLine[] }

/** The access log, each person's own part of it: ask only with the persona of whoever is signed in. */
export interface LogBook {
  /** The newest days before one that have lines; `next` is where older ones begin, or null. */
  days(persona: string, before: number | null, most: number): { days: LogDay[]; next: number | null };
  /** What a service did in the last seven days, or tried to, the newest day first. */
  doneBy(persona: string, service: string): LogLine[];
  today(persona: string): DaySum;
  keepDays(persona: string): number;
  setKeepDays(persona: string, days: number): void;
  /** Hears of each line with a name within a second, many at once as one; the answer ends it. */
  listen(persona: string, hear: (line: LogLine) => void): () => void;
  /** Notes that somebody guessed at what is this person's; '' for nobody's, so that both take the same. */
  noteGuess(persona: string, collection: 'session' | 'invite' | 'house', rule: string, n?: number): void;
  /** Erases what is older than its owner wants; looks once a day. */
  sweep(): void;
}

const WEEK = 7;
const SOON_MS = 300;
/** The most lines that a listener hears of at once; the page has the rest. */
const MOST = 50;

/** Built over the log of the house. */
export function makeLogBook(log: AccessLog, onError: OnError): LogBook {
  const ears = new Map<string, Set<(line: LogLine) => void>>();
  const due = new Map<string, Map<string, Named>>();
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    timer = undefined;
    const told = [...due];
    due.clear();
    for (const [persona, lines] of told) {
      try { tellOne(log, [...ears.get(persona) ?? []], persona, lines); } catch (error) { onError(error); }
    }
  };
  log.onNamed((line) => {
    if (!ears.has(line.persona)) return;
    const lines = due.get(line.persona) ?? new Map<string, Named>();
    due.set(line.persona, lines);
    if (lines.size < MOST) lines.set(nameOf(line), line);
    timer ??= setTimeout(tell, SOON_MS).unref();
  });
  let swept = -1;
  const oldest = (persona: string): number => log.today() - log.keepDays(persona) + 1;
  return {
    days: (persona, before, most) => {
      const from = oldest(persona);
      const found = log.days(persona, from, before ?? log.today() + 1, most + 1);
      const last = found[most - 1] ?? found.at(-1);
      if (last === undefined) return { days: [], next: null };
      const lines = Map.groupBy(log.lines(persona, last, found[0]! + 1), ({ day }) => day);
      return { days: [...lines].map(([day, of]) => ({ day, lines: of })), next: found.length > most ? last : null };
    },
    doneBy: (persona, service) => log.lines(persona, Math.max(oldest(persona), log.today() - WEEK + 1), log.today() + 1).filter(({ caller }) => caller === serviceName(service)),
    today: (persona) => log.sum(persona, log.today()),
    keepDays: log.keepDays,
    setKeepDays: log.setKeepDays,
    listen: (persona, hear) => {
      const mine = ears.get(persona) ?? new Set();
      ears.set(persona, mine.add(hear));
      return () => { mine.delete(hear); if (mine.size === 0 && ears.get(persona) === mine) ears.delete(persona); };
    },
    noteGuess: (persona, collection, rule, n = 1) => log.named({ persona, caller: 'anyone', service: 'house', collection, verb: 'add', refused: true, rule }, n),
    sweep: () => {
      if (swept === log.today()) return;
      swept = log.today();
      log.sweep();
    },
  };
}

const nameOf = ({ caller, service, collection, verb, refused, rule }: Omit<Named, 'persona'>): string => JSON.stringify([caller, service, collection, verb, refused, rule]);

function tellOne(log: AccessLog, ears: ((line: LogLine) => void)[], persona: string, named: ReadonlyMap<string, Named>): void {
  if (ears.length === 0) return;
  const today = log.today();
  for (const line of log.lines(persona, today, today + 1)) {
    if (line.caller === null || !named.has(nameOf({ ...line, caller: line.caller, rule: line.rule ?? '' }))) continue;
    for (const hear of ears) hear(line);
  }
}
