import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { cursorOf, placeOf } from '../../views/cursor.ts';
import type { Keeper } from '../../views/keeper.ts';
import type { PostRef, PostsView, Window } from '../../views/posts.ts';
import { hydrate, peopleJson, personasOf, postJson } from './hydrate.ts';
import { marksOf } from './marks.ts';
import type { PageQuery } from './types.ts';

/** What reading verbs are built from; `personOf` names a person in JSON text. */
export interface ReadDeps { gate: Gate; views: Pick<Keeper, 'ask'>; personOf(caller: Caller, persona: string): string }

const PAGE = 50;

/** One page of a timeline as JSON text: `{items, people, next, newest}`, newest first; `next` leads to older posts. */
export async function timeline(
  { gate, views, personOf }: ReadDeps, caller: Caller, query: PageQuery, ask: (posts: PostsView, window: Window) => PostRef[],
): Promise<string> {
  const first = query.first ?? PAGE;
  const window = { before: query.before ? placeOf(query.before) : null, after: query.after ? placeOf(query.after) : null, first: first + 1 };
  const { refs, shown, marks } = await views.ask((all) => {
    const found = ask(all.posts, window);
    const kept = found.slice(0, first);
    return { refs: found, shown: kept, marks: marksOf(all, caller, kept) };
  });
  const nameFor = (persona: string) => personOf(caller, persona);
  const items = hydrate(gate, caller, shown);
  const last = refs.length > first ? shown.at(-1) : undefined;
  const newest = shown[0] ? cursorOf(shown[0]) : query.after ?? null;
  return `{"items":[${items.map(postJson(caller, marks, nameFor)).join(',')}],"people":${peopleJson(personasOf(items), nameFor)},`
    + `"next":${last ? `"${cursorOf(last)}"` : 'null'},"newest":${newest ? JSON.stringify(newest) : 'null'}}`;
}
