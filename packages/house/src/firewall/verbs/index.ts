import type { DataDeps } from './deps.ts';
import { makeCount } from './count.ts';
import { makePatch } from './patch.ts';
import { makePut } from './put.ts';
import { makeQuery } from './query.ts';
import { makeRemove } from './remove.ts';
import { makeWatch } from './watch.ts';

/**
 * The verbs of the data API, each through the same decision as a single record. `input` is the request's JSON as it came:
 * it is checked here. Denied and absent are one refusal, `not_found`.
 */
export const makeData = (deps: DataDeps) => ({
  query: makeQuery(deps), count: makeCount(deps), put: makePut(deps), patch: makePatch(deps), remove: makeRemove(deps), watch: makeWatch(deps),
});

/** The verbs, bound. */
export type Data = ReturnType<typeof makeData>;
