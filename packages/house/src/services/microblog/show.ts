import type { Caller } from '../../firewall/caller.ts';
import type { Reactors } from '../../views/news.ts';
import { hydrate } from './hydrate.ts';
import { itemsJson } from './items.ts';
import { marksOf, nameOf } from './marks.ts';
import type { ReadDeps } from './timeline.ts';
import type { Ref } from './types.ts';

/** Posts as JSON text by `persona/key`, as far as the caller may read them, and everybody whom they speak of. */
export interface Shown { posts: ReadonlyMap<string, string>; personas: ReadonlySet<string> }

const NONE: ReadonlyMap<string, Reactors> = new Map();

/** Shows posts that others name: what news is about. `known`: who likes and boosts posts of the caller's own, as far as that was found before. */
export const makeShow = (deps: ReadDeps) => async (caller: Caller & { persona: string }, refs: readonly Ref[], known: ReadonlyMap<string, Reactors> = NONE): Promise<Shown> => {
  const { marks, kept } = await deps.views.ask((views) => ({
    marks: marksOf(views, caller, refs, known),
    kept: refs.map(({ persona, key }) => ({ persona, key, kept: persona === caller.persona ? null : views.kept.of(persona, key) })).filter((ref) => ref.kept !== null),
  }));
  const items = hydrate(deps.gate, caller, [...refs, ...kept]);
  const { json, personas } = await itemsJson(deps, caller, items, marks);
  return { posts: new Map(items.map((item, i) => [nameOf(item), json[i]!])), personas };
};
