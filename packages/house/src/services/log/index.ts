import { makeList } from './list.ts';
import { makeLive } from './live.ts';
import { makeSetSettings } from './settings.ts';
import type { LogDeps } from './types.ts';

/** The verbs of the access log: what was given out of one's own pod, and to whom. */
export const makeLog = (deps: LogDeps) => ({ list: makeList(deps), setSettings: makeSetSettings(deps), live: makeLive(deps) });

/** The verbs, bound. */
export type AccessLogVerbs = ReturnType<typeof makeLog>;
