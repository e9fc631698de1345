import type { Caller } from '../../firewall/caller.ts';
import type { Change, Feed } from '../../firewall/feed.ts';
import type { Likers } from '../../views/news.ts';
import type { Views } from '../../views/views.ts';
import type { Quiet } from './bring.ts';
import { hydrate, peopleJson, type PostPlace } from './hydrate.ts';
import { itemsJson } from './items.ts';
import { marksOf, type Mark } from './marks.ts';
import type { ReadDeps } from './timeline.ts';
import { MICROBLOG, type Ref } from './types.ts';

/** What a listener hears: `post` with `{item, people}`, `boost` with the same as it stands in their home, `remove` with `{persona, key}`, `likes` with `{persona, key, likes}`, `hidden` with `{persona, key, hidden}`; `data` is JSON text. */
export interface LiveEvent { type: string; data: string }
/** Somebody who listens; must not throw. */
export type Listener = (event: LiveEvent) => void;

interface Ear { caller: Caller & { persona: string }; listen: Listener }
interface Heard { ear: Ear; place: PostPlace; marks: ReadonlyMap<string, Mark> }

/** Live posts for each listener as far as they may read them; nobody hears even the time of what is not for them. */
export function makeLive({ feed, quiet, ...deps }: ReadDeps & { feed: Feed; quiet: Quiet }) {
  const ears = new Set<Ear>();
  let told = Promise.resolve();
  const tell = async (change: Change) => {
    const heard = await deps.views.ask((views) => hearers(views, ears, change));
    for (const { ear, ...of } of heard) {
      const event = await eventFor(deps, ear.caller, change, of);
      if (event && ears.has(ear)) ear.listen(event);
    }
  };
  const tellLikes = async ({ persona, key }: Change) => {
    const told = await deps.views.ask(({ news }) => {
      const post = news.reacted(persona, key);
      return post === null ? null : { post, by: news.reactors(persona, [post]).get(post)! };
    });
    if (!told) return;
    const ref = { persona, key: told.post.slice(persona.length + 1) };
    for (const ear of [...ears].filter(({ caller }) => caller.persona === persona)) {
      const named = ({ who, more }: Likers) => ({ people: who.map((one) => JSON.parse(deps.personOf(ear.caller, one)) as object), more });
      ear.listen({ type: 'likes', data: JSON.stringify({ ...ref, likes: named(told.by.likes), boosts: named(told.by.boosts) }) });
    }
  };
  feed.listen(MICROBLOG, (change) => {
    if (ears.size === 0 || quiet.has(change.persona, change.key)) return;
    // One after the other: who hears that a post is gone must not hear of it again from an earlier change.
    if (change.collection === 'posts' || change.collection === 'replies') told = told.then(() => tell(change));
    if (change.collection === 'boosts' && change.op === 'put') told = told.then(() => tellBoost(deps, ears, change));
    if (change.collection === 'reactions' && [...ears].some(({ caller }) => caller.persona === change.persona)) void tellLikes(change);
  });
  return {
    live: (caller: Caller & { persona: string }, listen: Listener): (() => void) => {
      const ear = { caller, listen };
      ears.add(ear);
      return () => { ears.delete(ear); };
    },
    retell: makeRetell({ ...deps, feed }, ears),
  };
}

/** Tells of a post that somebody passed on, in whose home it stands for that. */
async function tellBoost(deps: ReadDeps, ears: ReadonlySet<Ear>, { persona: by, key, body }: Change): Promise<void> {
  if (body === null) return;
  const { post, createdAt: at } = JSON.parse(body) as { post: Ref; createdAt: number };
  const heard = await deps.views.ask((views) => [...ears].filter(({ caller }) => views.boosts.reaches(caller.persona, by, key))
    .map((ear): Heard => ({ ear, place: { ...post, boost: { by, at, key } }, marks: marksOf(views, ear.caller, [post]) })));
  for (const { ear, place, marks } of heard) {
    const items = hydrate(deps.gate, ear.caller, [place]);
    if (items.length === 0 || !ears.has(ear)) continue;
    const { json, personas } = await itemsJson(deps, ear.caller, items, marks);
    ear.listen({ type: 'boost', data: `{"item":${json[0]},"people":${peopleJson(personas, (one) => deps.personOf(ear.caller, one))}}` });
  }
}

/** Tells, the data API too, of a post that the house hides now, or shows again: gone from whom it was for, marked for its author and stewards. */
const makeRetell = ({ gate, views, feed }: ReadDeps & { feed: Pick<Feed, 'tellAgain'> }, ears: ReadonlySet<Ear>) => async ({ persona, key }: Ref): Promise<void> => {
  const kept = await views.ask((all) => all.kept.of(persona, key));
  const [owner, collection, record] = kept ? [kept.keeper, 'replies', kept.record] as const : [persona, 'posts', key] as const;
  feed.tellAgain({ persona: owner, service: MICROBLOG, collection, key: record });
  const item = gate.reader({ kind: 'owner', persona: owner }, owner, MICROBLOG).get(collection, record);
  if (!item) return;
  for (const { caller, listen } of ears) {
    if (caller.persona !== persona && !gate.mayReadLane(caller, owner, MICROBLOG, collection, item.audience)) continue;
    const shown = gate.shown(caller, persona, key);
    if (shown === 'no') listen({ type: 'remove', data: JSON.stringify({ persona, key }) });
    else listen({ type: 'hidden', data: JSON.stringify({ persona, key, hidden: shown === 'marked' }) });
  }
};

// Who muted somebody may have their post open in a thread: that it is gone they hear.
function hearers(views: Views, ears: ReadonlySet<Ear>, change: Change): Heard[] {
  const ref = refOf(views, change);
  if (!ref) return [];
  const kept = change.collection === 'replies' ? views.kept.of(ref.persona, ref.key) : null;
  const may = change.op === 'remove' ? views.posts.mayRead : views.posts.shows;
  return [...ears].filter(({ caller }) => caller.persona === ref.persona
      || (may(caller.persona, change.persona, change.audience) && !views.posts.apart(caller.persona, ref.persona)))
    .map((ear) => ({ ear, place: { ...ref, kept }, marks: marksOf(views, ear.caller, [ref]) }));
}

function refOf({ kept }: Views, { persona, collection, key, op, author, body }: Change): Ref | null {
  if (collection === 'posts') return { persona, key };
  if (op === 'remove' || body === null) return kept.lately(persona, key);
  return { persona: author ?? persona, key: (JSON.parse(body) as { post: string }).post };
}

async function eventFor(deps: ReadDeps, caller: Caller, { op }: Change, { place, marks }: Omit<Heard, 'ear'>): Promise<LiveEvent | null> {
  const { gate, personOf } = deps;
  const [item] = hydrate(gate, caller, [place]);
  const { persona, key } = place;
  // Whoever can still read it hears of what it has become, not that it is gone.
  if (op === 'remove') return item ? null : { type: 'remove', data: JSON.stringify({ persona, key }) };
  if (!item) return null;
  const { json, personas } = await itemsJson(deps, caller, [item], marks);
  return { type: 'post', data: `{"item":${json[0]},"people":${peopleJson(personas, (one) => personOf(caller, one))}}` };
}

