import { accessSentence } from '@commonhold/core';
import type { AccessLog, LogLine } from '@commonhold/sdk';

/** Heads of the columns, in their order. */
export const HEADS = ['day', 'first', 'last', 'who', 'persona', 'service', 'collection', 'verb', 'count', 'audience', 'refused', 'rule', 'what', 'why'] as const;

/* Other people choose their names: none of them may be read as a formula by the program that opens the table. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
const time = (ms: number | null): string => ms === null ? '' : new Date(ms).toISOString();

function whoText(who: LogLine['who']): string {
  if (who.kind === 'person') return who.name || who.handle || who.persona;
  return who.kind === 'app' ? who.label : who.kind;
}

function row(day: string, line: LogLine, language: string): string {
  const { who, service, collection, verb, n, audience, refused, rule, first, last } = line;
  const { what, why } = accessSentence({ ...line, who: who.kind }, language);
  return [day, time(first), time(last), whoText(who), who.kind === 'person' ? who.persona : '', service, collection, verb, String(n), audience ?? '', refused ? 'yes' : 'no', rule ?? '', what, why].map(cell).join(',');
}

/** The log as a table (CSV by RFC 4180, UTF-8, times in UTC), the newest day first; its last two columns are in words. */
export const csvOf = (days: AccessLog['days'], language: string): string =>
  [HEADS.join(','), ...days.flatMap(({ day, lines }) => lines.map((line) => row(day, line, language)))].map((text) => `${text}\r\n`).join('');
