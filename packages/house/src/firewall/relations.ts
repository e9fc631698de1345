import { Refusal } from '@commonhold/core';
import type { OpenPod } from '../store/pods.ts';
import type { PersonaState } from '../store/pod/types.ts';

type Find = (persona: string) => { pod: OpenPod; state: PersonaState } | null;

/** What one owner recorded about others, and whom others recorded here: relation names by persona. */
export type Relations = ReadonlyMap<string, readonly string[]>;

const EMPTY: readonly string[] = [];

/** What an owner keeps of somebody they know: what they call them, and the head of the key log that both saw when they met (`at` in ms). */
export interface Known { petname?: string; verified?: { at: number; key: string } }

/** Relations of the personas of this house, read from `people.links` and `people.followers` and the links of other services, kept until they change. */
export interface RelationBook {
  /** Everything that `owner` recorded. */
  of(owner: string): Relations;
  /** Relation names that `owner` recorded for `other`. */
  between(owner: string, other: string): readonly string[];
  /** Relation names that `owner` recorded for `other` in these collections of another service's namespace. */
  within(owner: string, other: string, service: string, collections: readonly string[]): readonly string[];
  /** All that `owner` recorded there. */
  linksOf(owner: string, service: string, collections: readonly string[]): Relations;
  /** Does one of the two block the other? */
  apart(one: string, other: string): boolean;
  /** Until when (ms) `owner` has muted `other`: Infinity for good, 0 for not at all. A time that has passed is not told apart. */
  mutedUntil(owner: string, other: string): number;
  /** What `owner` keeps of `other` for themselves alone; null where they keep nothing. */
  knownAs(owner: string, other: string): Known | null;
  /** Forgets what was kept of an owner after a change of their links: in one service, or in all. */
  drop(owner: string, service?: string): void;
}

/** `find` gives an owner's pod, or null when they are not at home here. */
export function makeRelationBook(find: Find): RelationBook {
  const kept = new Map<string, Book>();
  const spaces = new Map<string, Map<string, Relations>>();
  const spaceOf = (owner: string, service: string, collections: readonly string[]): Relations => {
    const mine = spaces.get(owner) ?? new Map<string, Relations>();
    const name = `${service}/${collections.join()}`;
    const had = mine.get(name);
    if (had) return had;
    const home = findSound(find, owner);
    const read = readLinks(home, service, collections).names;
    if (!home?.pod.db.inTransaction) spaces.set(owner, mine.set(name, read));
    return read;
  };
  const bookOf = (owner: string): Book => {
    const had = kept.get(owner);
    if (had) return had;
    const home = findSound(find, owner);
    const read = readLinks(home, 'people', ['links', 'followers']);
    // What a write has not committed may yet be undone, so it is not kept.
    if (!home?.pod.db.inTransaction) kept.set(owner, read);
    return read;
  };
  const between = (owner: string, other: string): readonly string[] => bookOf(owner).names.get(other) ?? EMPTY;
  return {
    of: (owner) => bookOf(owner).names,
    between,
    within: (owner, other, service, collections) => spaceOf(owner, service, collections).get(other) ?? EMPTY,
    linksOf: spaceOf,
    apart: (one, other) => one !== other && (between(one, other).includes('block') || between(other, one).includes('block')),
    mutedUntil: (owner, other) => bookOf(owner).mutes.get(other) ?? 0,
    knownAs: (owner, other) => bookOf(owner).known.get(other) ?? null,
    drop: (owner, service) => {
      if (service === undefined || service === 'people') kept.delete(owner);
      if (service !== 'people') spaces.delete(owner);
    },
  };
}

// Somebody whose file is damaged has nothing that could be read: to ask about them is to be told so by the gate, not here.
function findSound(find: Find, owner: string): ReturnType<Find> {
  try { return find(owner); } catch (error) {
    if (error instanceof Refusal && error.code === 'pod_damaged') return null;
    throw error;
  }
}

interface Book { names: Relations; mutes: ReadonlyMap<string, number>; known: ReadonlyMap<string, Known> }
interface LinkBody extends Known { persona: string; relation: string; until?: number }

/** What a link of the relation `known` says, absent parts left out. */
export const knownIn = ({ petname, verified }: { [part in keyof Known]: Known[part] | undefined }): Known => ({ ...(petname === undefined ? {} : { petname }), ...(verified && { verified }) });

function readLinks(home: ReturnType<Find>, service: string, collections: readonly string[]): Book {
  const found = new Map<string, string[]>();
  const mutes = new Map<string, number>();
  const known = new Map<string, Known>();
  if (!home) return { names: found, mutes, known };
  for (const collection of collections) {
    for (const row of home.pod.sql.rows.all(home.state.ref, service, collection)) {
      const { persona, relation, until, petname, verified } = JSON.parse(row.body ?? '{}') as LinkBody;
      if (relation === 'mute') mutes.set(persona, Math.max(mutes.get(persona) ?? 0, until ?? Infinity));
      // Of two devices that each made one, the later word counts.
      if (relation === 'known') known.set(persona, { ...known.get(persona), ...knownIn({ petname, verified }) });
      const names = found.get(persona);
      if (!names) found.set(persona, [relation]);
      else if (!names.includes(relation)) names.push(relation);
    }
  }
  return { names: found, mutes, known };
}
