import type { Job } from '../jobs/types.ts';
import type { BackupSettings, BackupState } from './settings.ts';

/** How often the house looks whether one is due; how long it waits after one that failed; how old a drill may be (ms). */
const LOOK = 60_000, AGAIN = 60 * 60_000, DRILL = 7 * 86_400_000;

interface Deps {
  settings(): BackupSettings; state(): BackupState; now(): number; isFounded(): boolean;
  /** The house was restored here and has yet to take over the place. */
  claims(): boolean;
  start(): Job; ended(id: string): Promise<Job>; drill(backup: string): Job;
}

/** Backups by themselves. */
export interface Nightly { begin(): void; /** Looks now, if it has begun. */ look(): void; end(): void }

/** The last time that this hour of the day came, by the machine's own time (ms). */
export function lastHour(now: number, hour: number): number {
  const day = new Date(now);
  day.setHours(hour, 0, 0, 0);
  if (day.getTime() > now) day.setDate(day.getDate() - 1);
  return day.getTime();
}

/** Whether one is due: none has worked since the hour last came, be it that the machine slept; after one that failed an hour passes. */
export function isDue({ on, hour, target }: BackupSettings, { good, tried, last }: BackupState, now: number, claims = false): boolean {
  if (!on || !target) return false;
  if (last?.ok === false && now - tried < AGAIN) return false;
  return claims || good === null || good < lastHour(now, hour);
}

/** Makes backups when they are due, and each week tries whether the newest can be restored. */
export function makeNightly({ settings, state, now, isFounded, claims, start, ended, drill }: Deps): Nightly {
  let timer: NodeJS.Timeout | undefined, under = false;
  const run = async (): Promise<void> => {
    const { state: how, result } = await ended(start().id), tried = state().drill;
    if (how === 'done' && (!tried || now() - tried.at > DRILL)) await ended(drill((result as { id: string }).id).id);
  };
  const look = (): void => {
    if (!timer || under || !isFounded() || !isDue(settings(), state(), now(), claims())) return;
    under = true;
    run().catch(() => { /* one of its kind is under way, or the house closes: the next look tells */ }).finally(() => { under = false; });
  };
  return {
    begin: () => { timer ??= setInterval(look, LOOK).unref(); look(); },
    look,
    end: () => { clearInterval(timer); timer = undefined; },
  };
}
