import type { Caller } from '../../firewall/caller.ts';
import { hydrate } from './hydrate.ts';
import { itemsJson } from './items.ts';
import { marksOf, nameOf } from './marks.ts';
import type { ReadDeps } from './timeline.ts';
import type { Ref } from './types.ts';

/** Posts as JSON text by `persona/key`, as far as the caller may read them, and everybody whom they speak of. */
export interface Shown { posts: ReadonlyMap<string, string>; personas: ReadonlySet<string> }

/** Shows posts that others name: what news is about. */
export const makeShow = (deps: ReadDeps) => async (caller: Caller & { persona: string }, refs: readonly Ref[]): Promise<Shown> => {
  const { marks, kept } = await deps.views.ask((views) => ({
    marks: marksOf(views, caller, refs),
    kept: refs.map(({ persona, key }) => ({ persona, key, kept: persona === caller.persona ? null : views.kept.of(persona, key) })).filter((ref) => ref.kept !== null),
  }));
  const items = hydrate(deps.gate, caller, [...refs, ...kept]);
  const { json, personas } = await itemsJson(deps, caller, items, marks);
  return { posts: new Map(items.map((item, i) => [nameOf(item), json[i]!])), personas };
};
