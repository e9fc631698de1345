import { tagKey } from '../../views/entries.ts';
import type { Caller } from '../../firewall/caller.ts';
import { foundPlaces } from './search/places.ts';
import { placed, timeline, type ReadDeps } from './timeline.ts';
import type { PageQuery } from './types.ts';

/** Posts and kept replies with a tag, as far as the caller may read them; capital or small, with or without accents. */
export const makeTag = (deps: ReadDeps) => (caller: Caller & { persona: string }, tag: string, query: PageQuery): Promise<string> =>
  timeline(deps, caller, query, placed(({ search }, window) => search.find(caller.persona, { phrases: [], open: false, tags: [tagKey(tag)], author: null }, window), foundPlaces));
