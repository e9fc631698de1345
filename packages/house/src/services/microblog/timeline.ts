import type { Caller } from '../../firewall/caller.ts';
import { cursorOf, placeOf, type Part, type Place, type Window } from '../../views/cursor.ts';
import type { Views } from '../../views/views.ts';
import { hydrate, peopleJson, type PostPlace } from './hydrate.ts';
import { itemsJson, type ItemDeps } from './items.ts';
import { marksOf } from './marks.ts';
import type { PageQuery } from './types.ts';

/** What reading verbs are built from. */
export type ReadDeps = ItemDeps;

const PAGE = 50;

/** One page of a timeline as JSON text: `{items, people, next, newest}`, newest first; `next` leads to older posts. */
export async function timeline(deps: ReadDeps, caller: Caller, query: PageQuery, ask: (views: Views, window: Window) => Part<PostPlace>): Promise<string> {
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

/** The part of a timeline that `ask` finds; it gives one more than a page has, where there are more. */
export const plain = <R extends Place & PostPlace>(ask: (views: Views, window: Window) => R[]) => placed(ask, (refs) => [...refs]);

/** The same where a place is not the post's own; `refsOf` says which posts stand there. */
export const placed = <P extends Place>(ask: (views: Views, window: Window) => P[], refsOf: (found: readonly P[], views: Views) => PostPlace[]) =>
  (views: Views, window: Window): Part<PostPlace> => {
    const found = ask(views, { ...window, first: window.first + 1 });
    const shown = found.slice(0, window.first);
    return { refs: refsOf(shown, views), newest: shown[0] ?? null, last: found.length > window.first ? shown.at(-1)! : null };
  };
