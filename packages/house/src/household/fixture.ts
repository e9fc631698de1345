import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { newRecovery, recoverySeed, Refusal, startKeyLog, verifyKeyLog, type Signed } from '@commonhold/core';
import { openSecrets, type Secrets } from '../config/secrets.ts';
import { makeNodeSuite } from '../crypto/node-suite.ts';
import { openSqlite, type Sqlite } from '../sqlite/port.ts';
import { makeHousehold, type Household } from './household.ts';
import type { PodCare } from './care/pods.ts';
import type { KeyLogs } from './keys/ports.ts';
import type { Admission, NewPod } from './ports.ts';
import { quickPassphrases } from '../testing/passphrases.ts';

/** Node's suite, for tests. */
export const suite = makeNodeSuite();

/** A real household over a real file in a temporary folder, with a clock that tests move. */
export interface Trial {
  folder: string; db: Sqlite; secrets: Secrets; household: Household; now: { ms: number };
  /** Pods that exist, as the admission port left them. */
  pods: Map<string, NewPod>;
  /** What owners were told of guesses: `persona what rule n`. */
  guesses: string[];
  /** What a crash at this moment would leave: the files as they are, opened by a new process. */
  crash(admission?: Partial<Admission>): Trial;
}

/** Opens a household; `admission` overrides steps of making pods. */
export function openTrial(t: TestContext, options: { capacity?: number; admission?: Partial<Admission>; from?: Trial } = {}): Trial {
  const folder = mkdtempSync(join(tmpdir(), 'ch-household-'));
  if (options.from) cpSync(options.from.folder, folder, { recursive: true });
  const db = openSqlite(join(folder, 'house.db'), { durability: 'full' });
  t.after(() => { db.close(); rmSync(folder, { recursive: true }); });
  const pods = new Map(options.from?.pods);
  const admission: Admission = {
    admit: (pod) => { pods.set(pod.pod, pod); }, evict: (pod) => { pods.delete(pod); }, ...options.admission,
  };
  const now = { ms: options.from?.now.ms ?? 1_800_000_000_000 };
  const secrets = openSecrets(folder, suite);
  const guesses: string[] = [];
  const household = makeHousehold({
    db, suite, secrets, clock: () => now.ms, capacity: options.capacity ?? 300, admission, keys: keyLogsOf(pods),
    noteGuess: (persona, what, rule, n = 1) => { guesses.push(`${persona} ${what} ${rule} ${n}`); }, passphrases: quickPassphrases(), pods: podsOf(secrets.persona), onError: (error) => { throw error; },
  });
  const trial: Trial = {
    folder, db, secrets, household, now, pods, guesses,
    crash: (admission) => openTrial(t, { ...(options.capacity !== undefined && { capacity: options.capacity }), ...(admission && { admission }), from: trial }),
  };
  return trial;
}

/** A person's input with a good passphrase. */
export const person = (handle: string): { handle: string; name: string; passphrase: string } =>
  ({ handle, name: handle.toUpperCase(), passphrase: `the passphrase of ${handle}` });

/** What a browser makes of a prepared ticket. */
export const browserKeyLog = (podDevice: string, house: string): Signed[] =>
  startKeyLog(suite, { recoverySeed: recoverySeed(newRecovery(suite).entropy), deviceSeed: suite.random(32), podDevice, house });

/** Founds the house and answers the founder. */
export const found = (household: Household): ReturnType<Household['setup']> =>
  household.setup({ code: household.setupCode()!, house: { title: 'Choir' }, person: person('ada'), from: '::1' });

// Without pods there is nothing to report, and nothing to hand over.
function podsOf(house: string): PodCare {
  const none = (): never => { throw new Refusal('unavailable', 'closed', 'There are no pods here.'); };
  return { contentOf: () => Promise.reject(new Refusal('not_found', 'post_unknown', house)), signReport: none, checkReport: none, noteCare: () => {}, writeExport: none, isReadable: () => false, isHere: () => false, forget: () => Promise.resolve(), moveOut: () => {}, letGo: () => {} };
}

// The key logs as the admission port got them; they grow only in a house.
function keyLogsOf(pods: ReadonlyMap<string, NewPod>): KeyLogs {
  const stateOf = (persona: string) => {
    const keyLog = [...pods.values()].find((pod) => pod.persona === persona)?.keyLog;
    const state = keyLog && verifyKeyLog(suite, keyLog);
    return state?.ok ? { statements: keyLog!, ...state.value } : null;
  };
  return {
    view: stateOf,
    isActive: (persona, device) => stateOf(persona)?.devices.has(device) ?? false,
    extend: () => Promise.reject(new Refusal('unavailable', 'closed', 'These key logs do not grow.')),
  };
}
