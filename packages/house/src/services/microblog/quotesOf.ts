import type { Caller } from '../../firewall/caller.ts';
import { nameOf } from './marks.ts';
import { unknownPost } from './own.ts';
import { plain, timeline, type ReadDeps } from './timeline.ts';
import { MICROBLOG, type PageQuery, type Ref } from './types.ts';

/** The posts that quote one of the caller's own, as far as they may read them, newest first. Refuses `post_unknown`, also for others' posts. */
export const makeQuotesOf = (deps: ReadDeps) => async (caller: Caller & { persona: string }, { persona, key }: Ref, query: PageQuery): Promise<string> => {
  // Whosever post is asked about, the caller's own are looked at: others' look all the same.
  const own = deps.gate.reader(caller, caller.persona, MICROBLOG).get('posts', key);
  if (persona !== caller.persona || !own) throw unknownPost();
  return timeline(deps, caller, query, plain(({ quotes }, window) => quotes.of(caller.persona, nameOf({ persona, key }), window)));
};
