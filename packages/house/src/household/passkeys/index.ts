import type { HouseholdDeps } from '../ports.ts';
import type { Sessions } from '../sessions.ts';
import type { Settings } from '../settings.ts';
import { makeAddPasskey } from './addPasskey.ts';
import { makeChallenges } from './challenges.ts';
import { makeCreatePasskeySession } from './createPasskeySession.ts';
import { makeEnterOptions } from './enterOptions.ts';
import { makePasskeyOptions } from './passkeyOptions.ts';
import { makePasskeys } from './passkeys.ts';
import { makeRemovePasskey } from './removePasskey.ts';

/** The verbs of passkeys over house.db. */
export function makePasskeyVerbs(deps: Pick<HouseholdDeps, 'db' | 'suite' | 'clock' | 'noteGuess'> & { settings: Settings; sessions: Sessions }) {
  const parts = { ...deps, challenges: makeChallenges(deps.suite, deps.clock) };
  return {
    options: makePasskeyOptions(parts), add: makeAddPasskey(parts), list: makePasskeys(parts), remove: makeRemovePasskey(parts),
    enterOptions: makeEnterOptions(parts), enter: makeCreatePasskeySession(parts),
  };
}
