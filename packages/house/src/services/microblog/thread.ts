import { Refusal } from '@commonhold/core';
import { personaOf, type Caller } from '../../firewall/caller.ts';
import { cursorOf, placeOf } from '../../views/cursor.ts';
import type { ThreadRef } from '../../views/posts.ts';
import { hydrate, parentOf, peopleJson, type Post, type PostPlace } from './hydrate.ts';
import { itemsJson } from './items.ts';
import { marksOf, nameOf } from './marks.ts';
import { readingOrder } from './readingOrder.ts';
import type { ReadDeps } from './timeline.ts';
import type { PostBody, Ref } from './types.ts';

/** Posts of a page that nobody asked to be shorter, and of a conversation. */
const PAGE = 500, MOST = 2000;

interface Missing extends Ref { because: 'gone-or-not-for-you' }
/** How many posts, and after which cursor. */
interface Part { first?: number; after?: string }

/**
 * A conversation around one post as JSON text: `{focus, items, people, missing, next}`, in the order of `readingOrder`, `first` posts behind
 * the one in focus and then as many a page, at most 2000 in all, with the replies that others keep for the readers of theirs. `missing` names
 * posts that these answer and this caller cannot have; `next` leads on. Refuses `post_unknown` when the post itself is not to be had, `bad_cursor`.
 */
export const makeThread = (deps: ReadDeps) => async (caller: Caller, persona: string, key: string, { first = PAGE, after }: Part = {}): Promise<string> => {
  const { gate, views, personOf } = deps;
  const kept = await views.ask((all) => all.kept.of(persona, key));
  const [focus] = hydrate(gate, caller, [{ persona, key }, { persona, key, kept }]);
  if (!focus) throw new Refusal('not_found', 'post_unknown', 'This post is not there.');
  const { refs, next, whole, marks } = await views.ask((all) => {
    const found = all.posts.thread(personaOf(caller), nameOf((JSON.parse(focus.body) as PostBody).root ?? { persona, key }), MOST);
    const whole = readingOrder(found.some((ref) => ref.persona === persona && ref.key === key) ? found : [...found, placeOfFocus(focus, { persona, key })], nameOf({ persona, key }));
    const part = partOf(whole, { first, ...(after !== undefined && { after }), focus: { persona, key } });
    return { ...part, whole, marks: marksOf(all, caller, part.refs) };
  });
  const items = hydrate(gate, caller, refs);
  const nameFor = (one: string) => personOf(caller, one);
  const missing = missingOf(items, (names) => new Set(hydrate(gate, caller, whole.filter((ref) => names.has(nameOf(ref)))).map(nameOf)));
  const { json, personas } = await itemsJson(deps, caller, items, marks);
  return `{"focus":{"persona":"${persona}","key":"${focus.key}"},"items":[${json.join(',')}],`
    + `"people":${peopleJson(personas, nameFor)},"missing":${JSON.stringify(missing)},"next":${next === null ? 'null' : `"${next}"`}}`;
};

// One's own answer that another was handed and keeps no more is in no conversation but for whoever opens it.
function placeOfFocus(focus: Post, { persona, key }: Ref): ThreadRef {
  const parent = parentOf(focus);
  return { persona, key, created: (JSON.parse(focus.body) as PostBody).createdAt, parent: parent && nameOf(parent), kept: null };
}

function partOf(whole: readonly ThreadRef[], { first, after, focus }: { first: number; after?: string; focus: Ref }): { refs: PostPlace[]; next: string | null } {
  const from = after === undefined ? 0 : indexAfter(whole, after);
  // The way there comes whole, however long it is.
  const to = from + first + (after === undefined ? whole.findIndex((ref) => nameOf(ref) === nameOf(focus)) : 0);
  return { refs: whole.slice(from, to), next: to < whole.length ? cursorOf(whole[to - 1]!) : null };
}

// Where the post that one had come to is gone, it begins anew: a reader knows what they have.
function indexAfter(whole: readonly ThreadRef[], after: string): number {
  const { created, key } = placeOf(after);
  return whole.findIndex((ref) => ref.key === key && ref.created === created) + 1;
}

// Gone, hidden or for others looks alike: why a post is missing is not for this reader to tell. What is answered may be on an earlier page.
function missingOf(items: readonly Post[], read: (names: ReadonlySet<string>) => ReadonlySet<string>): Missing[] {
  const have = new Set(items.map(nameOf));
  const away = new Map(items.map(parentOf).filter((parent) => parent !== null && !have.has(nameOf(parent))).map((parent) => [nameOf(parent!), parent!]));
  const elsewhere = away.size > 0 ? read(new Set(away.keys())) : have;
  return [...away].filter(([name]) => !elsewhere.has(name)).map(([, parent]) => ({ ...parent, because: 'gone-or-not-for-you' }));
}
