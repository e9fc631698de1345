import type { Caller } from '../../firewall/caller.ts';
import { cursorOf, placeOf, type Window } from '../../views/cursor.ts';
import type { HomePage } from '../../views/home.ts';
import type { PostRef } from '../../views/posts.ts';
import type { Views } from '../../views/views.ts';
import { hydrate, peopleJson } from './hydrate.ts';
import { itemsJson, type ItemDeps } from './items.ts';
import { marksOf } from './marks.ts';
import type { PageQuery } from './types.ts';

/** What reading verbs are built from. */
export type ReadDeps = ItemDeps;

const PAGE = 50;

/** One page of a timeline as JSON text: `{items, people, next, newest}`, newest first; `next` leads to older posts. */
export async function timeline(deps: ReadDeps, caller: Caller, query: PageQuery, ask: (views: Views, window: Window) => HomePage): Promise<string> {
  const { gate, views, personOf } = deps;
  const first = query.first ?? PAGE;
  const window = { before: query.before ? placeOf(query.before) : null, after: query.after ? placeOf(query.after) : null, first };
  const { found, marks } = await views.ask((all) => {
    const part = ask(all, window);
    return { found: part, marks: marksOf(all, caller, part.refs) };
  });
  const nameFor = (persona: string) => personOf(caller, persona);
  const { json, personas } = await itemsJson(deps, caller, hydrate(gate, caller, found.refs), marks);
  const newest = found.newest ? cursorOf(found.newest) : query.after ?? null;
  return `{"items":[${json.join(',')}],"people":${peopleJson(personas, nameFor)},`
    + `"next":${found.last ? `"${cursorOf(found.last)}"` : 'null'},"newest":${newest ? JSON.stringify(newest) : 'null'}}`;
}

/** The part of a timeline that holds posts alone; `ask` gives one more than a page has, where there are more. */
export const plain = (ask: (views: Views, window: Window) => PostRef[]) => (views: Views, window: Window): HomePage => {
  const found = ask(views, { ...window, first: window.first + 1 });
  const refs = found.slice(0, window.first);
  return { refs, newest: refs[0] ?? null, last: found.length > window.first ? refs.at(-1)! : null };
};
