import type { EnforcedContract } from '../contracts.ts';
import type { ContractBook } from '../contract-book.ts';
import type { Somebody } from '../caller.ts';
import { makeJoin, type JoinDeps, type JoinWish } from './join.ts';
import { makeKnownContracts, type KnownContract } from './known.ts';
import { makeNamespaces, type Namespace } from './namespace.ts';
import { makePreview, type FetchContract, type Preview } from './preview.ts';
import { viewOf, wholeOf, type JoinedView, type JoinedWhole } from './view.ts';

/** The life of contracts between people and services that are not built in: each person's own. */
export interface Joining {
  /** `wish`: `{contract}` or `{address}`, as it came; `local`: services on this machine count, too. */
  preview(caller: Somebody, wish: unknown, how: { local: boolean }): Promise<Preview>;
  join(caller: Somebody, wish: JoinWish): Promise<JoinedView>;
  list(caller: Somebody): JoinedView[];
  /** Refuses `service_unknown`. */
  get(caller: Somebody, persona: string, service: string): JoinedWhole;
}

/** What the verbs are made of. */
export interface JoiningDeps extends Omit<JoinDeps, 'known' | 'namespaces'> { book: ContractBook; standing: ReadonlyMap<string, EnforcedContract>; fetchContract: FetchContract; shelf: { all(): readonly KnownContract[] } }

/** Builds the verbs. */
export function makeJoining(deps: JoiningDeps): Joining {
  const known = makeKnownContracts({ suite: deps.pen.suite, builtIn: [...deps.standing.values()].flatMap(({ hash, earlier }) => [hash, ...earlier]), shelf: deps.shelf });
  const namespaces = makeNamespaces(deps);
  const view = (namespace: Namespace): JoinedView => viewOf(namespace, known.of(namespace.service), false);
  const join = makeJoin({ ...deps, known, namespaces });
  return {
    preview: makePreview({ known, namespaces, fetchContract: deps.fetchContract }),
    join: async ({ persona }, wish) => view(await join(persona, wish)),
    list: ({ persona }) => namespaces.all(persona).map(view),
    get: (caller, persona, service) => { const found = namespaces.of(caller.persona, persona, service); return wholeOf(found, view(found)); },
  };
}
