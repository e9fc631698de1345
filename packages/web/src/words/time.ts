import { dates, distances, numbers } from './formats.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How to say a time: the locale, the words for "now", and (for tests) the time zone. */
export interface Clock { locale: string; now: string; timeZone?: string }

const zone = (timeZone?: string) => (timeZone ? { timeZone } : {});
const unit = (locale: string, name: 'minute' | 'hour', value: number) =>
  numbers(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
const dayOf = (ms: number, { timeZone }: Clock) => dates('sv', { ...zone(timeZone), dateStyle: 'short' }).format(ms);
const yearOf = (ms: number, { timeZone }: Clock) => dates('sv', { ...zone(timeZone), year: 'numeric' }).format(ms);

/** How long ago, short: "now", "14 mins", "3 hrs", "yesterday", "3 Nov", "3 Nov 2024". A clock that runs ahead says "now". */
export function ago(ms: number, now: number, clock: Clock): string {
  const past = now - ms;
  if (past < MINUTE) return clock.now;
  if (past < HOUR) return unit(clock.locale, 'minute', Math.floor(past / MINUTE));
  if (dayOf(ms, clock) === dayOf(now, clock)) return unit(clock.locale, 'hour', Math.floor(past / HOUR));
  if (dayOf(ms, clock) === dayOf(now - DAY, clock)) return distances(clock.locale, { numeric: 'auto' }).format(-1, 'day');
  const year = yearOf(ms, clock) === yearOf(now, clock) ? {} : { year: 'numeric' as const };
  return dates(clock.locale, { day: 'numeric', month: 'short', ...year, ...zone(clock.timeZone) }).format(ms);
}

/** The whole moment: "Wednesday 19 November 2025 at 21:04". */
export const fullTime = (ms: number, clock: Clock): string =>
  dates(clock.locale, { dateStyle: 'full', timeStyle: 'short', ...zone(clock.timeZone) }).format(ms);

/** A month of a year: "November 2025". */
export const monthOf = (ms: number, clock: Clock): string =>
  dates(clock.locale, { month: 'long', year: 'numeric', ...zone(clock.timeZone) }).format(ms);

const STEPS = [['day', DAY], ['hour', HOUR], ['minute', MINUTE]] as const;

/** How far a moment is, either way: "in 3 hours", "2 days ago", "in 1 minute". */
export function fromNow(ms: number, now: number, locale: string): string {
  const far = Math.abs(ms - now);
  // What would round to 60 minutes is an hour, and 24 hours are a day.
  const [unitName, size] = STEPS.find(([, step], i) => far >= step - (STEPS[i + 1]?.[1] ?? 0) / 2) ?? STEPS[2];
  const n = Math.max(1, Math.round(far / size));
  return distances(locale, {}).format(ms < now ? -n : n, unitName);
}
