import { Refusal } from '@commonhold/core';
import { personaOf, type Caller } from '../../firewall/caller.ts';
import { hydrate, parentOf, peopleJson, type Post, type PostPlace } from './hydrate.ts';
import { itemsJson } from './items.ts';
import { marksOf, nameOf } from './marks.ts';
import type { ReadDeps } from './timeline.ts';
import type { PostBody, Ref } from './types.ts';

const MOST = 500;

interface Missing extends Ref { because: 'gone-or-not-for-you' }

/**
 * A whole conversation around one post as JSON text: `{focus, items, people, missing}`, oldest first, at most 500 posts, with the
 * replies that others keep for the readers of theirs; `missing` names posts that others answer and this caller cannot have.
 * Refuses `post_unknown` when the post itself is not to be had.
 */
export const makeThread = (deps: ReadDeps) => async (caller: Caller, persona: string, key: string): Promise<string> => {
  const { gate, views, personOf } = deps;
  const kept = await views.ask((all) => all.kept.of(persona, key));
  const [focus] = hydrate(gate, caller, [{ persona, key }, { persona, key, kept }]);
  if (!focus) throw new Refusal('not_found', 'post_unknown', 'This post is not there.');
  const root = (JSON.parse(focus.body) as PostBody).root ?? { persona, key };
  const { refs, marks } = await views.ask((all) => {
    const found: PostPlace[] = all.posts.thread(personaOf(caller), nameOf(root), MOST);
    const whole = found.some((ref) => ref.persona === persona && ref.key === key) ? found : [...found, { persona, key }];
    return { refs: whole, marks: marksOf(all, caller, whole) };
  });
  const items = hydrate(gate, caller, refs);
  const nameFor = (one: string) => personOf(caller, one);
  const missing = missingOf(items);
  const { json, personas } = await itemsJson(deps, caller, items, marks);
  return `{"focus":{"persona":"${persona}","key":"${focus.key}"},"items":[${json.join(',')}],`
    + `"people":${peopleJson(personas, nameFor)},"missing":${JSON.stringify(missing)}}`;
};

// Gone, hidden or for others looks alike: why a post is missing is not for this reader to tell.
function missingOf(items: readonly Post[]): Missing[] {
  const have = new Set(items.map(nameOf));
  const missing = new Map<string, Missing>();
  for (const item of items) {
    const parent = parentOf(item);
    if (parent && !have.has(nameOf(parent))) missing.set(nameOf(parent), { ...parent, because: 'gone-or-not-for-you' });
  }
  return [...missing.values()];
}
