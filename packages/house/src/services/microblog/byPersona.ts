import { personaOf, type Caller } from '../../firewall/caller.ts';
import { plain, timeline, type ReadDeps } from './timeline.ts';
import type { PageQuery } from './types.ts';

/** One person's posts, as far as the caller may read them; replies too when asked. */
export const makeByPersona = (deps: ReadDeps) => (caller: Caller, persona: string, query: PageQuery & { replies?: boolean }): Promise<string> =>
  timeline(deps, caller, query, plain(({ posts }, window) => posts.by(personaOf(caller), persona, query.replies ?? false, window)));
