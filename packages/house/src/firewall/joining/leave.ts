import { Refusal, type Signed } from '@commonhold/core';
import type { Departure, Departures } from './ports.ts';
import type { Job, JobProgress } from '../../jobs/types.ts';
import { makeApart, type Apart } from '../../sqlite/apart.ts';
import { eraseNamespace, sizeOf } from '../../store/pod/leave.ts';
import type { Pen } from '../../store/pod/draft.ts';
import type { Feed } from '../feed.ts';
import type { FindHome, Home } from '../homes.ts';
import { chainOf } from '../identity.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import type { Namespaces } from './namespace.ts';
import { sayAsPseudonym } from './recovery.ts';

/** What leaving is made of. `forgetLog`: nothing of these texts is in the log of the house after it resolves; `forgetRows`: nor in memory. */
export interface LeaveDeps {
  find: FindHome; namespaces: Namespaces; pen: Pen; feed: Pick<Feed, 'publish'>; departures: Departures; unsettled(): Departure[];
  pseudonyms: Pick<Pseudonyms, 'saltOf' | 'ownerOf'>; seedOf(keySalt: Uint8Array): Uint8Array;
  forgetLog(owner: string, service: string): Promise<void>;
  forgetRows(persona: string): void;
  /** Begins a piece of work that its owner sees. Refuses `job_running`. */
  start(kind: string, owner: string, run: (progress: JobProgress) => Promise<unknown>): Job;
}

const KIND = 'leave';

/**
 * Leaving a service: its namespace goes from the pod with all keys and traces, in steps that each bear being done again; noted first, so that
 * it is finished when the house opens if it was stopped in between. It is not cancelled half-way: what is begun is finished.
 */
export function makeLeave(deps: LeaveDeps) {
  const { departures, namespaces, unsettled, feed } = deps;
  const run = async (departure: Departure, progress: JobProgress): Promise<void> => {
    const { owner, persona, service } = departure;
    await erase(deps, departure, progress);
    deps.forgetRows(persona);
    progress(1, 1, 'log');
    await deps.forgetLog(owner, service);
    progress(1, 1, 'house');
    await departures.end(departure);
  };
  return {
    /** Refuses `service_unknown`, `job_running`. */
    leave: (owner: string, persona: string, service: string): Job => {
      namespaces.of(owner, persona, service);
      const departure = { owner, persona, service };
      const job = deps.start(KIND, owner, (progress) => run(departure, progress));
      departures.begin(departure);
      feed.publish([{ persona, service, collection: '', key: '', pos: 0, op: 'remove', audience: 'only-me', at: '', author: null, body: null }]);
      return job;
    },
    /** Finishes what an earlier process left half done, one after the other; whoever leaves sees how far it is. */
    resume: async (): Promise<void> => {
      for (const departure of departures.all()) await begun(deps, departure, (progress) => run(departure, progress));
      for (const departure of unsettled()) await run(departure, () => {});
    },
  };
}

/** As a job of its owner, unless they are at another one of the kind. Resolves when it is over, however; what a closing house did not do stays noted. */
async function begun(deps: Pick<LeaveDeps, 'start'>, { owner }: Departure, run: (progress: JobProgress) => Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  try {
    deps.start(KIND, owner, (progress) => run(progress).finally(resolve));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code === 'job_running' ? run(() => {}) : undefined;
  }
  await promise;
}

async function erase(deps: LeaveDeps, { owner, persona, service }: Departure, progress: JobProgress): Promise<void> {
  const whole = deps.pseudonyms.ownerOf(persona) !== null, home = deps.find(persona);
  if (home && whole) deps.departures.ended(persona, lastWords(deps, home, persona));
  // A pseudonym may be gone already, and not yet the places that it was in.
  const pod = deps.find(owner)?.pod;
  if (!pod) return;
  const of = sizeOf(pod, { persona, service }), apart = makeApart();
  progress(0, of, 'records');
  try {
    await eraseNamespace(pod, { persona, service, whole }, apart.erase, (erased) => progress(Math.min(erased, of), of, 'records'));
    progress(1, 1, 'file');
    await pod.apart(apart.rewrite);
    await emptied(pod, apart);
  } finally { apart.end(); }
}

/** A pseudonym's key log with its end, by its recovery key: all that stays of it. One that lives in another house by now does not end here. */
function lastWords({ pen, pseudonyms, seedOf }: LeaveDeps, home: Home, persona: string): Signed[] {
  const chain = chainOf(home), salt = pseudonyms.saltOf(persona);
  return [...chain, ...(salt && sayAsPseudonym(pen.suite, home.state.keyLog, seedOf(salt), [{ type: 'retire' }])) ?? []];
}

const AGAIN_MS = 50;
const TRIES = 200;

/** The log of a pod's file may hold what was erased until nobody reads from it any more; a later sweep empties it where that takes too long. */
async function emptied(pod: Home['pod'], apart: Apart): Promise<void> {
  for (let tries = 0; tries < TRIES && pod.lingers(); tries++) {
    if (tries > 0) await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS); });
    await pod.sweep(apart.checkpoint);
  }
}
