import type { LogLine, LogWho } from '@commonhold/sdk';

/** Which lines of the log are shown. */
export type Part = 'all' | 'given' | 'refused' | 'people' | 'apps';
/** Parts in the order they are offered. */
export const PARTS: readonly Part[] = ['all', 'given', 'refused', 'people', 'apps'];

/** One name for whoever a line counts. */
export const whoId = (who: LogWho): string => who.kind === 'person' ? who.persona : who.kind === 'app' ? `app:${who.id}` : who.kind === 'service' ? `service:${who.service}` : who.kind;
/** One name for a line: what comes again under it is the same line, grown. */
export const lineId = (line: LogLine): string => [whoId(line.who), line.service, line.collection, line.verb, line.audience, line.refused, line.rule].join('|');

/** Puts a line in its place among those of its day: the newer state of one that is there, or one more. */
export function withLine(lines: readonly LogLine[], line: LogLine): LogLine[] {
  const id = lineId(line);
  return lines.some((one) => lineId(one) === id) ? lines.map((one) => lineId(one) === id ? line : one) : [line, ...lines];
}

/** Whether a line belongs to a part. */
export function isIn(part: Part, { who, refused }: LogLine): boolean {
  if (part === 'refused' || part === 'given') return refused === (part === 'refused');
  const isApp = who.kind === 'app' || who.kind === 'service';
  return part === 'all' || isApp === (part === 'apps');
}

/** A closer look: one caller (as whoId names them), one `service.collection`, or all of one service. */
export interface Only { who?: string | undefined; what?: string | undefined; service?: string | undefined }
/** Whether a line is of a service: about what is kept under it, or about the service itself, wherever it tried. */
export const isOf = (service: string, line: LogLine): boolean => line.service === service || (line.who.kind === 'service' && line.who.service === service);
/** Whether a line is what is looked at. */
export const isOnly = ({ who, what, service }: Only, line: LogLine): boolean => (!who || whoId(line.who) === who) && (!service || isOf(service, line)) && (!what || `${line.service}.${line.collection}` === what);

/** All that an audience read, as one. */
export interface Counted { id: string; counted: 'housemates' | 'anyone'; audience: string; lines: LogLine[] }
/** A row: a line with a name, or what is only counted. */
export type LogRow = { id: string; named: LogLine } | Counted;

/** The rows of a day: what has a name, the newest first, then one calm row for each audience that is only counted. */
export function rowsOf(lines: readonly LogLine[]): LogRow[] {
  const named: LogLine[] = [];
  const counted = new Map<string, Counted>();
  for (const line of lines) {
    const { who, audience, refused } = line;
    if ((who.kind === 'housemates' || who.kind === 'anyone') && audience !== null && !refused) {
      const id = `${who.kind}|${audience}`;
      const row = counted.get(id) ?? { id, counted: who.kind, audience, lines: [] };
      row.lines.push(line);
      counted.set(id, row);
    } else named.push(line);
  }
  named.sort((a, b) => (b.last ?? 0) - (a.last ?? 0));
  return [...named.map((line) => ({ id: lineId(line), named: line })), ...counted.values()];
}

/** A day in numbers: how many people and apps read something by name, how many left something, how many tries were refused, and whether others read as they may. */
export interface DaySum { services: number; people: number; apps: number; left: number; refused: number; housemates: boolean; visitors: boolean }

const READS = new Set(['read', 'watch', 'count', 'search']);

/** Counts a day. */
export function sumOf(lines: readonly LogLine[]): DaySum {
  const given = lines.filter(({ refused }) => !refused);
  const ids = (kind: LogWho['kind']) => new Set(given.filter(({ who, verb }) => READS.has(verb) && who.kind === kind).map(({ who }) => whoId(who))).size;
  return {
    services: ids('service'), people: ids('person') + ids('others'), apps: ids('app'),
    left: new Set(given.filter(({ who, verb }) => !READS.has(verb) && who.kind !== 'app' && who.kind !== 'service').map(({ who }) => whoId(who))).size,
    refused: lines.reduce((sum, { refused, n }) => sum + (refused ? n : 0), 0),
    housemates: ids('housemates') > 0, visitors: ids('anyone') > 0,
  };
}

/** Deliveries of a day by whom they went to, for the bars. */
export interface DayBars { house: number; people: number; apps: number; refused: number }

/** Counts the bars of a day. */
export function barsOf(lines: readonly LogLine[]): DayBars {
  const bars: DayBars = { house: 0, people: 0, apps: 0, refused: 0 };
  for (const { who, refused, n } of lines) bars[refused ? 'refused' : who.kind === 'app' || who.kind === 'service' ? 'apps' : who.kind === 'housemates' || who.kind === 'anyone' ? 'house' : 'people'] += n;
  return bars;
}

const DAY = 86_400_000;
/** A moment's day as the log names it: YYYY-MM-DD, UTC. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
/** The last seven days, the oldest first. */
export const lastWeek = (now: number): string[] => Array.from({ length: 7 }, (_, i) => dayOf(now - (6 - i) * DAY));
