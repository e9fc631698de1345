import type { Clock } from '../../words/time.ts';

const DAY = 86_400_000;
const two = (n: number): string => String(n).padStart(2, '0');

/** A time (ms) as a field for date and time holds it, in the zone of this device. */
export function fieldValue(ms: number): string {
  const at = new Date(ms);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What a field for date and time holds, in ms; null where that is no time. */
export function fieldTime(value: string): number | null {
  const ms = new Date(value).getTime();
  return value === '' || Number.isNaN(ms) ? null : ms;
}

const zoned = ({ timeZone }: Clock) => (timeZone ? { timeZone } : {});
const dayOf = (ms: number, clock: Clock): string => new Intl.DateTimeFormat('sv', { ...zoned(clock), dateStyle: 'short' }).format(ms);

/** When something goes out, in words: the day ("today", "tomorrow", "Friday 28 November"), the time, and the zone it is told in. */
export function dueWords(due: number, now: number, clock: Clock): { day: string; time: string; zone: string } {
  const near = [0, 1].find((n) => dayOf(due, clock) === dayOf(now + n * DAY, clock));
  const year = new Date(due).getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' as const };
  const part = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(clock.locale, { ...zoned(clock), ...options });
  return {
    day: near === undefined ? part({ weekday: 'long', day: 'numeric', month: 'long', ...year }).format(due) : new Intl.RelativeTimeFormat(clock.locale, { numeric: 'auto' }).format(near, 'day'),
    time: part({ timeStyle: 'short' }).format(due),
    zone: part({ timeZoneName: 'long' }).formatToParts(due).find(({ type }) => type === 'timeZoneName')?.value ?? '',
  };
}

/** Times that are often meant: in an hour, this evening or tomorrow morning, next Monday. All in the zone of this device, in ms. */
export function usualTimes(now: number): { name: 'hour' | 'evening' | 'morning' | 'monday'; due: number }[] {
  const at = (days: number, hour: number): number => { const day = new Date(now + days * DAY); return new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour).getTime(); };
  const toMonday = (8 - new Date(now).getDay()) % 7 || 7;
  const hour = Math.ceil((now + 3_600_000) / 300_000) * 300_000;
  const evening = at(0, 18);
  return [{ name: 'hour', due: hour }, ...(evening > hour ? [{ name: 'evening' as const, due: evening }] : []), { name: 'morning', due: at(1, 8) }, ...(toMonday > 1 ? [{ name: 'monday' as const, due: at(toMonday, 8) }] : [])];
}
