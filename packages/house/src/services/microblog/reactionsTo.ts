import type { Caller } from '../../firewall/caller.ts';
import { cursorOf, placeOf } from '../shared/newsPlace.ts';
import { nameOf } from './marks.ts';
import { unknownPost } from './own.ts';
import type { ReadDeps } from './timeline.ts';
import { MICROBLOG } from './types.ts';

/** Of which kind, from where on, and how many at once. */
export interface ReactionsQuery { kind: 'like' | 'boost'; before?: string; first?: number }

const PAGE = 50;

/**
 * Who likes a post of the caller's own, or who boosts it, the newest first, as JSON text: `{people, next}`. Whom they have muted is among
 * them; whom a block parts from them is not. Refuses `post_unknown`, also for others' posts, and `bad_cursor`.
 */
export const makeReactionsTo = ({ gate, views, personOf }: ReadDeps) => async (caller: Caller & { persona: string }, key: string, query: ReactionsQuery): Promise<string> => {
  const { kind, first = PAGE } = query;
  const before = query.before === undefined ? null : placeOf(query.before, 'before');
  // Both are asked whether or not the post is there, so that what is somebody else's looks like what is not.
  const own = gate.reader(caller, caller.persona, MICROBLOG).get('posts', key);
  const found = await views.ask(({ news }) => news.whoReacted(caller.persona, nameOf({ persona: caller.persona, key }), { kind, before, first: first + 1 }));
  if (!own) throw unknownPost();
  const shown = found.slice(0, first);
  const last = found.length > first ? shown.at(-1) : undefined;
  return `{"people":[${shown.map(({ actor }) => personOf(caller, actor)).join(',')}],"next":${last ? `"${cursorOf(last.place)}"` : 'null'}}`;
};
