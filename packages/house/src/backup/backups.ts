import { Refusal, type Suite } from '@commonhold/core';
import type { Secrets } from '../config/secrets.ts';
import type { Household } from '../household/household.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { HOUSE, type Job } from '../jobs/types.ts';
import { drill } from './drill.ts';
import { idsAt, readSummary } from './lists.ts';
import { openMachine } from './machine.ts';
import type { MomentDeps } from './moment.ts';
import { openPlace } from './place.ts';
import { backUp } from './run.ts';
import { makeNightly } from './nightly.ts';
import { checkTarget, DEFAULTS, NOTHING, openTarget, shownTarget, tryTarget, type BackupSettings, type BackupState, type Drill } from './settings.ts';
import { targetRefusal, type Target, type TargetWish } from './target/target.ts';
import type { Summary } from './types.ts';

/** How settings are changed: of S3 storage, a secret that is left out stays as it was. */
export interface BackupWish extends Omit<BackupSettings, 'target'> { target: TargetWish | Omit<Extract<TargetWish, { kind: 's3' }>, 'secret'> | null }

/** What is there, as stewards see it. `place` null: the place answers. */
export interface BackupList { backups: (Summary & { drill: Drill | null })[]; last: BackupState['last']; place: { code: string; say: string } | null }

/** The backups of a running house. */
export interface Backups {
  settings(): Omit<BackupSettings, 'target'> & { target: Omit<TargetWish, 'secret'> | null };
  /** Refuses `bad_target`, and what the place refuses when it is tried. */
  setSettings(wish: BackupWish): Promise<ReturnType<Backups['settings']>>;
  list(): Promise<BackupList>;
  /** Begins one. Refuses `no_target`, `job_running`. */
  start(): Job;
  /** Opens the place of the settings. Refuses `no_target`. */
  target(): Target;
  /** Begins a drill. Refuses `no_target`, `job_running`. */
  drill(id: string): Job;
  /** How the last one went, for whoever looks after the house: when (ms), whether it worked, when one was last restored for trial. */
  lastBackup(): { at: number; ok: boolean; good: number | null; drilledAt: number | null; on: boolean } | null;
  /** Whether one is being made: pods do not move out meanwhile. */
  readonly busy: boolean;
  /** Makes them by themselves from now on. */
  nightly(): void;
  close(): void;
}

interface Deps extends Omit<MomentDeps, 'before' | 'pods'> { suite: Suite; secrets: Secrets; household: Pick<Household, 'settings' | 'people' | 'count'>; jobs: Jobs; program: string }

/** Built by `compose.ts`. */
export function makeBackups(deps: Deps): Backups {
  const { data, secrets, household, jobs, now } = deps;
  const settings = (): BackupSettings => household.settings.get('backups') ?? DEFAULTS;
  const state = (): BackupState => household.settings.get('backupState') ?? NOTHING;
  const keep = (more: Partial<BackupState>): void => household.settings.set('backupState', { ...state(), ...more });
  const { make, tryOne, target, isBusy } = makeDoing(deps, { settings, state, keep });
  const start = (): Job => { target(); return jobs.start('backup', HOUSE, make); };
  const nightly = makeNightly({ settings, state, now, isFounded: () => household.count() > 0, claims: () => openMachine(data).claims, start, ended: (id) => jobs.ended(HOUSE, id), drill: (id) => jobs.start('drill', HOUSE, (...how) => tryOne(id, ...how)) });
  const shown = (): ReturnType<Backups['settings']> => ({ ...settings(), target: shownTarget(settings().target) });
  return {
    settings: shown,
    setSettings: async (wish) => {
      const before = settings().target, wanted = wish.target;
      const whole = wanted?.kind === 's3' && !('secret' in wanted) ? { ...wanted, secret: before?.kind === 's3' ? before.secret : '' } : wanted as TargetWish | null;
      const isSame = JSON.stringify(shownTarget(before)) === JSON.stringify(shownTarget(whole));
      if (whole) { checkTarget(whole, data); await tryTarget(whole, now()); }
      household.settings.set('backups', { on: wish.on, hour: wish.hour, keep: wish.keep, target: whole });
      if (!isSame) keep({ begun: false, last: null, good: null, drill: null, doubted: [] });
      nightly.look();
      return shown();
    },
    list: async () => {
      const { last, drill: tried } = state();
      if (!settings().target) return { backups: [], last, place: null };
      try {
        const place = await openPlace(target(), secrets), backups: BackupList['backups'] = [];
        for (const id of await idsAt(place)) {
          const summary = await readSummary(place, id).catch(() => null);
          if (summary) backups.push({ ...summary, drill: tried?.id === id ? tried : null });
        }
        return { backups, last, place: null };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { backups: [], last, place: { code: error.code, say: error.message } };
      }
    },
    start, target,
    drill: (id) => { target(); return jobs.start('drill', HOUSE, (...how) => tryOne(id, ...how)); },
    lastBackup: () => { const { last, good, drill: tried } = state(); return last && { ...last, good, drilledAt: tried?.ok ? tried.at : null, on: settings().on && settings().target !== null }; },
    get busy() { return isBusy(); },
    nightly: nightly.begin,
    close: nightly.end,
  };
}

interface Kept { settings(): BackupSettings; state(): BackupState; keep(more: Partial<BackupState>): void }
type Progress = (done: number, of: number, words?: string) => void;

/** What a job does, and what is remembered of it. */
function makeDoing(deps: Deps, { settings, state, keep }: Kept) {
  const { data, secrets, household, now } = deps;
  let busy = 0;
  const target = (): Target => {
    const wish = settings().target;
    if (!wish) throw new Refusal('conflict', 'no_target', 'Say first where backups shall go, in Settings under Backups.');
    return openTarget(wish);
  };
  const make = async (progress: Progress, signal: AbortSignal): Promise<Summary> => {
    busy++;
    keep({ tried: now() });
    try {
      const place = target();
      if (state().begun && !(await isThere(place))) throw targetRefusal('target_gone');
      const summary = await backUp({
        ...deps, target: place, machine: openMachine(data), keep: settings().keep, doubted: new Set(state().doubted), pods: () => household.people().map(({ pod }) => pod),
        about: () => ({ title: household.settings.get('title') ?? '', people: household.count() }),
      }, (done, of) => progress(done, of, 'saving'), signal);
      keep({ last: { at: summary.at, ok: true }, good: summary.at, begun: true, doubted: [] });
      return summary;
    } catch (error) {
      if (!signal.aborted) keep({ last: { at: now(), ok: false, ...(error instanceof Refusal && { code: error.code, say: error.message }) } });
      throw error;
    } finally { busy--; }
  };
  const tryOne = async (id: string, progress: Progress, signal: AbortSignal): Promise<Drill> => {
    const { pieces, ...found } = await drill(await openPlace(target(), secrets), { id, data, now: now() }, (done, of) => progress(done, of, 'trying'), signal);
    keep({ drill: found, doubted: [...new Set([...state().doubted, ...pieces])] });
    return found;
  };
  return { make, tryOne, target, isBusy: () => busy > 0 };
}

async function isThere(place: Target): Promise<boolean> {
  for await (const _ of place.list('houses/')) return true;
  return false;
}
