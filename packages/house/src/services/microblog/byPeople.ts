import { personaOf, type Caller } from '../../firewall/caller.ts';
import { plain, timeline, type ReadDeps } from './timeline.ts';
import type { PageQuery } from './types.ts';

/** Posts of several people by time, without answers and without what is pinned, as far as the caller may read them. */
export const makeByPeople = (deps: ReadDeps) => (caller: Caller, people: readonly string[], query: PageQuery): Promise<string> =>
  timeline(deps, caller, query, plain(({ posts }, window) => posts.of(personaOf(caller), people, window, false)));
