import { Refusal } from '../refusal.ts';

const TICKS = 0x10000;
const END_OF_TIME = 2 ** 48;
const DAY = 24 * 60 * 60 * 1000;

/** Milliseconds since 1970 in a clock reading (`at`, 16 hex digits). */
export const clockMs = (at: string): number => parseInt(at.slice(0, 12), 16);

/**
 * The reading that follows `last` ('' = none yet) at wall time `nowMs`: later than both in text order.
 * A wall clock behind `last` is counted on logically; more than 24 h behind throws Refusal `clock_behind`,
 * a time outside 48 bits throws Refusal `clock_range`. See spec/record.md, "The clock".
 */
export function clockNext(last: string, nowMs: number): string {
  const now = Math.floor(nowMs);
  const lastMs = last === '' ? -1 : clockMs(last);
  if (lastMs - now > DAY) {
    throw new Refusal('unavailable', 'clock_behind',
      'The clock of this machine is more than a day behind what was already written. Set it right, then try again.');
  }
  const counter = now > lastMs ? 0 : parseInt(last.slice(12), 16) + 1;
  const ms = counter === TICKS ? lastMs + 1 : Math.max(now, lastMs);
  if (!(now >= 0 && ms < END_OF_TIME)) throw new Refusal('invalid', 'clock_range', 'This time cannot be written down.');
  return hex(ms, 12) + hex(counter % TICKS, 4);
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
