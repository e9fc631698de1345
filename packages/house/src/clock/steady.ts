import { uptime } from 'node:os';
import { Refusal } from '@commonhold/core';

/** What a machine can tell of time, all in ms. */
export interface MachineClocks {
  /** Since 1970, as it was set. */
  wall(): number;
  /** Since whenever, without the machine's sleep; asked often. */
  running(): number;
  /** Since it was switched on, its sleep included; asked seldom. */
  awake(): number;
}

/** The clocks of this machine. */
export const machineClocks: MachineClocks = { wall: () => Date.now(), running: () => performance.now(), awake: () => uptime() * 1000 };

const MINUTE = 60_000;
const MOMENT = 20;
/** More than clocks drift or are corrected by. */
const SLACK = 2 * MINUTE;
/** No correction of a clock that is looked after goes so far. */
const LEAP = 7 * 24 * 60 * MINUTE;
/** A machine without a battery finds its time only when it has a network: until then a leap is welcome. */
const SETTLING = 10 * MINUTE;
/** How long somebody has to set the clock right before the house believes it. */
const DOUBT = 24 * 60 * MINUTE;

interface Reading { wall: number; running: number; awake: number }

/**
 * The time (ms since 1970) by which a house goes. A clock that leaps by more than a week, without the machine having slept, is not
 * followed for a day: nobody is logged out, no invite ends and nothing is forgotten for a clock that somebody sets right again.
 * `tell` hears of it, now and then while it lasts.
 */
export function makeSteadyClock(clocks: MachineClocks, tell: (trouble: Refusal) => void): () => number {
  const read = (wall: number): Reading => ({ wall, running: clocks.running(), awake: clocks.awake() });
  let from = read(clocks.wall());
  let seen = from.wall;
  const start = from;
  let doubt: { since: number; told: number } | null = null;
  const trust = (wall: number): number => { from = read(wall); doubt = null; return wall; };
  const own = (awake: number): number => from.wall + awake - from.awake;
  const doubted = (wall: number, held: NonNullable<typeof doubt>): number => {
    const awake = clocks.awake();
    if (Math.abs(wall - own(awake)) < LEAP || awake - held.since > DOUBT) return trust(wall);
    if (awake - held.told > 30 * MINUTE) { held.told = awake; tell(leapt(own(awake), wall)); }
    return Math.round(own(awake));
  };
  return () => {
    const wall = clocks.wall();
    // Asked for every record of a page: what is next to the last answer has not leapt.
    if (!doubt && wall >= seen && wall - seen < MOMENT) return wall;
    if (doubt) return doubted(wall, doubt);
    const passed = clocks.running() - from.running;
    if (Math.abs(wall - from.wall - passed) < SLACK) {
      seen = wall;
      if (passed > MINUTE) from = read(wall);
      return wall;
    }
    const awake = clocks.awake();
    if (Math.abs(wall - own(awake)) < LEAP || awake - start.awake < SETTLING) return trust(wall);
    doubt = { since: awake, told: awake };
    tell(leapt(own(awake), wall));
    return Math.round(own(awake));
  };
}

const shown = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

const leapt = (own: number, wall: number): Refusal => new Refusal('unavailable', 'clock_leapt',
  `The clock of this machine leapt from ${shown(own)} to ${shown(wall)} UTC. The house goes on by its own count for a day. If the new time is wrong, set the clock; if it is right, start the house again.`);
