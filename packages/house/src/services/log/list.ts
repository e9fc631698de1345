import { Refusal } from '@commonhold/core';
import { dayOf, dayText, lineMaker } from './line.ts';
import type { Log, LogDeps, Owner } from './types.ts';

const DAYS = 7;

/** Who had what of one's own pod, and who was refused: the newest days, or those before one. Refuses `bad_day`. */
export const makeList = (deps: LogDeps) => (owner: Owner, { before, days = DAYS }: { before?: string; days?: number }): Log => {
  const from = before === undefined ? null : dayOf(before);
  if (before !== undefined && from === null) throw new Refusal('invalid', 'bad_day', 'A day is written like 2027-01-31.', { field: 'before', expected: 'YYYY-MM-DD' });
  const { persona } = owner;
  const page = deps.log.days(persona, from, days);
  const line = lineMaker(deps, owner);
  return {
    days: page.days.map(({ day, lines }) => ({ day: dayText(day), lines: lines.map(line) })),
    today: deps.log.today(persona), keepDays: deps.log.keepDays(persona), next: page.next === null ? null : dayText(page.next),
  };
};
