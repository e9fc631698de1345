import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { cursorOf, placeOf, type Window } from '../../views/cursor.ts';
import type { Keeper } from '../../views/keeper.ts';
import type { HomePage } from '../../views/home.ts';
import type { PostRef } from '../../views/posts.ts';
import type { Views } from '../../views/views.ts';
import { hydrate, peopleJson, personasOf, postJson } from './hydrate.ts';
import { marksOf } from './marks.ts';
import type { PageQuery } from './types.ts';

/** What reading verbs are built from; `personOf` names a person in JSON text. */
export interface ReadDeps { gate: Gate; views: Pick<Keeper, 'ask'>; personOf(caller: Caller, persona: string): string }

const PAGE = 50;

/** One page of a timeline as JSON text: `{items, people, next, newest}`, newest first; `next` leads to older posts. */
export async function timeline(
  { gate, views, personOf }: ReadDeps, caller: Caller, query: PageQuery, ask: (views: Views, window: Window) => HomePage,
): Promise<string> {
  const first = query.first ?? PAGE;
  const window = { before: query.before ? placeOf(query.before) : null, after: query.after ? placeOf(query.after) : null, first };
  const { found, marks } = await views.ask((all) => {
    const part = ask(all, window);
    return { found: part, marks: marksOf(all, caller, part.refs) };
  });
  const nameFor = (persona: string) => personOf(caller, persona);
  const items = hydrate(gate, caller, found.refs);
  const newest = found.newest ? cursorOf(found.newest) : query.after ?? null;
  return `{"items":[${items.map(postJson(caller, marks, nameFor)).join(',')}],"people":${peopleJson(personasOf(items), nameFor)},`
    + `"next":${found.last ? `"${cursorOf(found.last)}"` : 'null'},"newest":${newest ? JSON.stringify(newest) : 'null'}}`;
}

/** The part of a timeline that holds posts alone; `ask` gives one more than a page has, where there are more. */
export const plain = (ask: (views: Views, window: Window) => PostRef[]) => (views: Views, window: Window): HomePage => {
  const found = ask(views, { ...window, first: window.first + 1 });
  const refs = found.slice(0, window.first);
  return { refs, newest: refs[0] ?? null, last: found.length > window.first ? refs.at(-1)! : null };
};
