import type { Caller } from '../../firewall/caller.ts';
import type { Change, Feed } from '../../firewall/feed.ts';
import { hydrate, peopleJson, personasOf, postJson } from './hydrate.ts';
import { marksOf, type Mark } from './marks.ts';
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
    const { persona, audience, op } = change;
    // Who muted somebody may have their post open in a thread: that it is gone they hear.
    const audible = await deps.views.ask((views) => [...ears]
      .filter(({ caller }) => (op === 'remove' ? views.posts.mayRead(caller.persona, persona, audience) : views.posts.shows(caller.persona, persona, audience)))
      .map((ear) => ({ ear, marks: marksOf(views, ear.caller, [change]) })));
    for (const { ear, marks } of audible) {
      const event = eventFor(deps, ear.caller, change, marks);
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

function eventFor({ gate, personOf }: ReadDeps, caller: Caller, { persona, key, op }: Change, marks: ReadonlyMap<string, Mark>): LiveEvent | null {
  if (op === 'remove') return { type: 'remove', data: JSON.stringify({ persona, key }) };
  const [item] = hydrate(gate, caller, [{ persona, key }]);
  if (!item) return null;
  const nameFor = (one: string) => personOf(caller, one);
  const people = peopleJson(personasOf([item]), nameFor);
  return { type: 'post', data: `{"item":${postJson(marks, nameFor)(item)},"people":${people}}` };
}
