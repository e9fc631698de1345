import type { Caller } from '../../firewall/caller.ts';
import { hydrate, personasOf, postJson } from './hydrate.ts';
import { marksOf, nameOf } from './marks.ts';
import type { ReadDeps } from './timeline.ts';
import type { Ref } from './types.ts';

/** Posts as JSON text by `persona/key`, as far as the caller may read them, and everybody whom they speak of. */
export interface Shown { posts: ReadonlyMap<string, string>; personas: ReadonlySet<string> }

/** Shows posts that others name: what news is about. */
export const makeShow = (deps: ReadDeps) => async (caller: Caller, refs: readonly Ref[]): Promise<Shown> => {
  const marks = await deps.views.ask((views) => marksOf(views, caller, refs));
  const items = hydrate(deps.gate, caller, refs);
  const json = postJson(marks, (persona) => deps.personOf(caller, persona));
  return { posts: new Map(items.map((item) => [nameOf(item), json(item)])), personas: personasOf(items) };
};
