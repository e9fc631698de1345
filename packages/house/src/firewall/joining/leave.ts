import { signStatement, statementHash, toBase64Url, type Retire, type Signed } from '@commonhold/core';
import type { Departure, Departures } from '../../household/pseudonyms.ts';
import type { Job, JobProgress } from '../../jobs/types.ts';
import { makeCheckpointer } from '../../sqlite/checkpointer.ts';
import { eraseNamespace, sizeOf } from '../../store/pod/leave.ts';
import type { Pen } from '../../store/pod/draft.ts';
import type { Feed } from '../feed.ts';
import type { FindHome, Home } from '../homes.ts';
import { chainOf } from '../identity.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import { pseudonymRecovery } from './join.ts';
import type { Namespaces } from './namespace.ts';

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
    const home = deps.find(persona);
    if (home) await erase(deps, departure, home, progress);
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
    /** Finishes what an earlier process left half done, one after the other. */
    resume: async (): Promise<void> => { for (const departure of [...departures.all(), ...unsettled()]) await run(departure, () => {}); },
  };
}

async function erase(deps: LeaveDeps, { persona, service }: Departure, home: Home, progress: JobProgress): Promise<void> {
  const whole = deps.pseudonyms.ownerOf(persona) !== null;
  if (whole) deps.departures.ended(persona, lastWords(deps, home, persona));
  const of = sizeOf(home.pod, { persona, service });
  progress(0, of, 'records');
  await eraseNamespace(home.pod, { persona, service, whole }, (erased) => progress(Math.min(erased, of), of, 'records'));
  progress(1, 1, 'file');
  await home.pod.compact();
  await emptied(home);
}

/** A pseudonym's key log with its end, by its recovery key: all that stays of it. */
function lastWords({ pen, pseudonyms, seedOf }: LeaveDeps, home: Home, persona: string): Signed[] {
  const chain = chainOf(home);
  const salt = pseudonyms.saltOf(persona);
  const { head, height } = home.state.keyLog;
  if (salt === null || home.state.keyLog.retired) return chain;
  const seed = pseudonymRecovery(pen.suite, seedOf(salt));
  const retire: Retire = { v: 1, type: 'retire', persona, height: height + 1, prev: head, by: toBase64Url(pen.suite.publicKey(seed)) };
  return statementHash(pen.suite, chain.at(-1)!.statement) === head ? [...chain, signStatement(pen.suite, retire, [seed])] : chain;
}

const AGAIN_MS = 50;
const TRIES = 200;

/** The log of a pod's file may hold what was erased until nobody reads from it any more; a later sweep empties it where that takes too long. */
async function emptied({ pod }: Home): Promise<void> {
  const checkpointer = makeCheckpointer();
  try {
    for (let tries = 0; tries < TRIES && pod.lingers(); tries++) {
      if (tries > 0) await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS); });
      await pod.sweep(checkpointer.run);
    }
  } finally { checkpointer.end(); }
}
