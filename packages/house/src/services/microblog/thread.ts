import { Refusal } from '@commonhold/core';
import { personaOf, type Caller } from '../../firewall/caller.ts';
import type { Item } from '../../firewall/reader.ts';
import { hydrate, parentOf, peopleJson, personasOf, postJson } from './hydrate.ts';
import { marksOf, nameOf } from './marks.ts';
import type { ReadDeps } from './timeline.ts';
import { MICROBLOG, type PostBody, type Ref } from './types.ts';

const MOST = 500;

/**
 * A whole conversation around one post as JSON text: `{focus, items, people, missing}`, oldest first, at most 500 posts;
 * `missing` names posts that others answer and this caller cannot have. Refuses `post_unknown` when the post itself is not to be had.
 */
export const makeThread = ({ gate, views, personOf }: ReadDeps) => async (caller: Caller, persona: string, key: string): Promise<string> => {
  const focus = gate.reader(caller, persona, MICROBLOG)?.get('posts', key);
  if (!focus) throw new Refusal('not_found', 'post_unknown', 'This post is not there.');
  const root = (JSON.parse(focus.body) as PostBody).root ?? { persona, key };
  const { refs, marks } = await views.ask((all) => {
    const found: Ref[] = all.posts.thread(personaOf(caller), nameOf(root), MOST);
    const whole = found.some((ref) => ref.key === key) ? found : [...found, { persona, key }];
    return { refs: whole, marks: marksOf(all, caller, whole) };
  });
  const items = hydrate(gate, caller, refs);
  const nameFor = (one: string) => personOf(caller, one);
  const missing = missingOf(items);
  const personas = personasOf(items);
  return `{"focus":{"persona":"${persona}","key":"${focus.key}"},"items":[${items.map(postJson(marks, nameFor)).join(',')}],`
    + `"people":${peopleJson(personas, nameFor)},"missing":${JSON.stringify(missing)}}`;
};

function missingOf(items: readonly Item[]): Ref[] {
  const have = new Set(items.map(({ persona, key }) => `${persona}/${key}`));
  const missing = new Map<string, Ref>();
  for (const item of items) {
    const parent = parentOf(item);
    if (parent && !have.has(`${parent.persona}/${parent.key}`)) missing.set(`${parent.persona}/${parent.key}`, parent);
  }
  return [...missing.values()];
}
