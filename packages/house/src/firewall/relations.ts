import type { OpenPod } from '../store/pods.ts';
import type { PersonaState } from '../store/pod/types.ts';

/** What one owner recorded about others, and whom others recorded here: relation names by persona. */
export type Relations = ReadonlyMap<string, readonly string[]>;

const EMPTY: readonly string[] = [];

/** Relations of the personas of this house, read from `people.links` and `people.followers`, kept until they change. */
export interface RelationBook {
  /** Everything that `owner` recorded. */
  of(owner: string): Relations;
  /** Relation names that `owner` recorded for `other`. */
  between(owner: string, other: string): readonly string[];
  /** Forgets what was kept of an owner after a change of their links. */
  drop(owner: string): void;
}

/** `find` gives an owner's pod, or null when they are not at home here. */
export function makeRelationBook(find: (persona: string) => { pod: OpenPod; state: PersonaState } | null): RelationBook {
  const kept = new Map<string, Relations>();
  const of = (owner: string): Relations => {
    const had = kept.get(owner);
    if (had) return had;
    const home = find(owner);
    const read = readRelations(home);
    // What a write has not committed may yet be undone, so it is not kept.
    if (!home?.pod.db.inTransaction) kept.set(owner, read);
    return read;
  };
  return {
    of,
    between: (owner, other) => of(owner).get(other) ?? EMPTY,
    drop: (owner) => { kept.delete(owner); },
  };
}

function readRelations(home: { pod: OpenPod; state: PersonaState } | null): Relations {
  const found = new Map<string, string[]>();
  if (!home) return found;
  for (const collection of ['links', 'followers']) {
    for (const row of home.pod.sql.rows.all(home.state.ref, 'people', collection)) {
      const { persona, relation } = JSON.parse(row.body ?? '{}') as { persona: string; relation: string };
      const names = found.get(persona);
      if (!names) found.set(persona, [relation]);
      else if (!names.includes(relation)) names.push(relation);
    }
  }
  return found;
}
