import type { Caller } from '../../firewall/caller.ts';
import type { Feed } from '../../firewall/feed.ts';
import { itemsJson } from './item.ts';
import { stateOf } from './state.ts';
import { NEWS, type NewsDeps } from './types.ts';

/** What a listener hears: `news` with `{unread, item, people}` as JSON text; `item` is what came, null for anything else. */
interface NewsEvent { type: string; data: string }
/** `last` = place of the newest piece that the listener knows of; they ask for a page when they begin to listen. */
interface Ear { caller: Caller & { persona: string }; listen(event: NewsEvent): void; last: string; began: Promise<void> }

/** What live news is made of; `onNews` hears whose news changed in the views. */
interface Deps extends NewsDeps { feed: Feed; onNews(listener: (owner: string) => void): void; onError(error: unknown): void }

/** Live news: whoever has some come, go or be read hears how much is unread, and what came. */
export function makeLive({ feed, onNews, onError, ...deps }: Deps) {
  const ears = new Set<Ear>();
  const due = new Set<string>();
  const tellDue = async () => {
    const owners = new Set(due);
    due.clear();
    for (const ear of [...ears].filter(({ caller }) => owners.has(caller.persona))) await tell(deps, ear, () => ears.has(ear)).catch(onError);
  };
  const poke = (owner: string) => {
    if (![...ears].some(({ caller }) => caller.persona === owner)) return;
    // Many changes of one moment are told as one.
    if (due.size === 0) setImmediate(() => { void tellDue(); });
    due.add(owner);
  };
  onNews(poke);
  feed.listen(NEWS, ({ persona }) => poke(persona));
  // Whom and what somebody has muted changes what there is to tell them.
  feed.listen('people', ({ persona, collection }) => { if (collection === 'links') poke(persona); });
  feed.listen('microblog', ({ persona, collection }) => { if (collection === 'mutes') poke(persona); });
  return (caller: Ear['caller'], listen: Ear['listen']): (() => void) => {
    const ear: Ear = { caller, listen, last: '', began: Promise.resolve() };
    ear.began = deps.views.ask(({ news }) => { ear.last = news.newest(caller.persona); });
    ear.began.catch(onError);
    ears.add(ear);
    return () => { ears.delete(ear); };
  };
}

async function tell(deps: NewsDeps, ear: Ear, listening: () => boolean): Promise<void> {
  await ear.began;
  const { readUpTo, kinds } = stateOf(deps.gate, ear.caller);
  const { persona } = ear.caller;
  const { refs, reactors, unread } = await deps.views.ask(({ news }) => news.glance(persona, { before: null, kinds, first: 1 }, readUpTo, kinds));
  const fresh = refs.filter(({ place }) => place > ear.last);
  ear.last = fresh[0]?.place ?? ear.last;
  const { items, people } = await itemsJson(deps, ear.caller, { refs: fresh, reactors }, readUpTo);
  if (listening()) ear.listen({ type: 'news', data: `{"unread":${unread},"item":${items[0] ?? 'null'},"people":${people}}` });
}
