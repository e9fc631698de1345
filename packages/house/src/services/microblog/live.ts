import type { Caller } from '../../firewall/caller.ts';
import type { Change, Feed } from '../../firewall/feed.ts';
import { hydrate, peopleJson, personasOf, postJson } from './hydrate.ts';
import type { ReadDeps } from './timeline.ts';
import { MICROBLOG } from './types.ts';

/** What a listener hears: `post` with `{item, people}`, `remove` with `{persona, key}`; `data` is JSON text. */
export interface LiveEvent { type: string; data: string }
/** Somebody who listens; must not throw. */
export type Listener = (event: LiveEvent) => void;

interface Ear { caller: Caller & { persona: string }; listen: Listener }

/** Live posts for each listener as far as they may read them; nobody hears even the time of what is not for them. */
export function makeLive({ feed, ...deps }: ReadDeps & { feed: Feed }) {
  const ears = new Set<Ear>();
  const tell = async (change: Change) => {
    const audible = await deps.views.ask((posts) => [...ears].filter(({ caller }) => posts.mayRead(caller.persona, change.persona, change.audience)));
    for (const ear of audible) {
      const event = eventFor(deps, ear.caller, change);
      if (event && ears.has(ear)) ear.listen(event);
    }
  };
  feed.listen(MICROBLOG, (change) => { if (change.collection === 'posts' && ears.size > 0) void tell(change); });
  return (caller: Caller & { persona: string }, listen: Listener): (() => void) => {
    const ear = { caller, listen };
    ears.add(ear);
    return () => { ears.delete(ear); };
  };
}

function eventFor({ gate, personOf }: ReadDeps, caller: Caller, { persona, key, op }: Change): LiveEvent | null {
  if (op === 'remove') return { type: 'remove', data: JSON.stringify({ persona, key }) };
  const [item] = hydrate(gate, caller, [{ persona, key }]);
  if (!item) return null;
  const people = peopleJson(personasOf([item]), (one) => personOf(caller, one));
  return { type: 'post', data: `{"item":${postJson(item)},"people":${people}}` };
}
