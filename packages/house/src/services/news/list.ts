import type { Caller } from '../../firewall/caller.ts';
import { cursorOf, placeOf } from '../shared/newsPlace.ts';
import { itemsJson } from './item.ts';
import { stateOf } from './state.ts';
import type { NewsDeps, NewsQuery } from './types.ts';

const PAGE = 30;

/**
 * One page of news as JSON text, newest first: `{items, people, next, newest, unread}`. `newest` is what `read` takes; `unread` counts
 * pieces of all wanted kinds, at most 100. Kinds that are not wanted are never in it. Refuses `bad_cursor`.
 */
export const makeList = (deps: NewsDeps) => async (caller: Caller & { persona: string }, query: NewsQuery): Promise<string> => {
  const { readUpTo, kinds } = stateOf(deps.gate, caller);
  const asked = new Set(query.kinds ? query.kinds.filter((kind) => kinds.has(kind)) : kinds);
  const before = query.before === undefined ? null : placeOf(query.before, 'before');
  const first = query.first ?? PAGE;
  const { refs, reactors, unread, newest } = await deps.views.ask(({ news }) => news.glance(caller.persona, { before, kinds: asked, first: first + 1 }, readUpTo, kinds));
  const shown = refs.slice(0, first);
  const { items, people } = await itemsJson(deps, caller, { refs: shown, reactors }, readUpTo);
  const last = refs.length > first ? shown.at(-1) : undefined;
  return `{"items":[${items.join(',')}],"people":${people},"next":${last ? `"${cursorOf(last.place)}"` : 'null'},`
    + `"newest":${newest === '' ? 'null' : `"${cursorOf(newest)}"`},"unread":${unread}}`;
};
