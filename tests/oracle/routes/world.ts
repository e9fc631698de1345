import microblog from '../../../spec/contracts/microblog.json' with { type: 'json' };
import news from '../../../spec/contracts/news.json' with { type: 'json' };
import people from '../../../spec/contracts/people.json' with { type: 'json' };
import type { ModelKeys } from './keys.ts';
import { oracle, type PlainContract, type PlainFacts } from '../oracle.ts';

/** Somebody who asks: a person by their session, nobody, or somebody with a token that is none. */
export interface Asker { kind: 'member' | 'nobody' | 'impostor'; persona: string | null; handle: string; session: string | null; steward: boolean }
/** A post as the model knows it. */
export interface ModelPost {
  persona: string; key: string; audience: string; text: string; root: string; parent: string | null; created: number; gone: boolean;
  /** What it said before, oldest first. */
  versions?: string[];
  /** The post for whose readers it is, and for whom at most; null when it is its author's alone. */
  handed?: { to: string; under: string; atMost: string } | null;
  /** For whom the owner of that post keeps it now; null when they do not. `waits`: it is offered again when a block ends. */
  kept?: { audience: string } | null;
  waits?: boolean;
  /** What it quotes (`persona/key`), whether that author's pod took note of it, and whether they withdrew. */
  quote?: string;
  noted?: boolean;
  withdrawn?: boolean;
  /** Who may quote it, if it says so. */
  quotes?: string;
  /** Whom its words name. */
  mentions?: string[];
  /** Answers are 0 and 1; who chose which. */
  poll?: { multiple: boolean; votes: Map<string, number[]> };
}
/** A person as the model knows them. */
export interface ModelPerson { persona: string; handle: string; name: string; audience: string; locked?: boolean }

/** A record of the service `notes`; `written` grows with each write. */
export interface ModelNote { persona: string; author: string; collection: string; key: string; audience: string; body: Record<string, unknown>; version: string; written: number }

/** A page of the service `album`: the bytes that its fields name, and all that its owner has sent. */
export interface ModelPage { persona: string; key: string; audience: string; names: Record<string, string[]>; all: string[] }

/** What is true, written down beside the house as plainly as can be: the oracle is asked about this, never the house. */
export interface World {
  /** Persona id of the house. */
  house: string;
  askers: Asker[];
  people: Map<string, ModelPerson>;
  posts: ModelPost[];
  /** `owner>other` → relation names. */
  relations: Map<string, Set<string>>;
  /** Invite code → persona that made it. */
  invites: Map<string, string>;
  kit: boolean;
  /** Keys and key log of each persona. */
  keys: Map<string, ModelKeys>;
  /** Records that are there for the data API, of all owners. */
  notes: ModelNote[];
  pages: ModelPage[];
  /** `liker>persona/key` of a post. */
  likes: Set<string>;
  /** The same of boosts and bookmarks. */
  boosts: Set<string>;
  bookmarks: Set<string>;
  /** `person>persona/key` of the first post of a conversation. */
  mutes: Set<string>;
  /** What somebody chose for their posts, and what they pinned: keys, the first one first. */
  choices: Map<string, { quotes: string; counts: boolean }>;
  pins: Map<string, string[]>;
  /** News that somebody has read: `persona event`. */
  seen: Set<string>;
  /** Posts that the house does not show: `persona/key`. */
  hidden: Set<string>;
  /** Which kinds of news somebody wants; all, if nothing is said. */
  wanted: Map<string, ReadonlySet<string>>;
}

const CONTRACTS: Record<string, PlainContract> = {
  microblog: microblog as unknown as PlainContract, people: people as unknown as PlainContract, news: news as unknown as PlainContract,
};

/** Has the owner recorded this relation? */
export const related = (world: World, owner: string, other: string, relation: string): boolean => world.relations.get(`${owner}>${other}`)?.has(relation) ?? false;

/** Does one of the two block the other? */
export const apart = (world: World, one: string, other: string): boolean =>
  one !== other && (related(world, one, other, 'block') || related(world, other, one, 'block'));

/** What is known of an asker who comes to this owner. */
export function factsOf(world: World, asker: Asker, owner: string): PlainFacts {
  const { persona } = asker;
  const blocked = persona !== null && apart(world, owner, persona);
  return {
    persona, owner: persona === owner, service: false, member: persona !== null, house: persona !== null,
    relations: persona === null ? [] : [...(world.relations.get(`${owner}>${persona}`) ?? [])], mutual: [], blocked, now: 0,
  };
}

/** May this asker read a row of this audience in this collection? */
export function mayRead(world: World, asker: Asker, owner: string, service: string, collection: string, audience: string, own = false): boolean {
  const contract = CONTRACTS[service];
  if (!contract || !world.people.has(owner)) return false;
  const answer = oracle({ contract, narrowing: {}, facts: factsOf(world, asker, owner), collection, verb: 'read', row: { audience, own } });
  return answer === 'all';
}

/** Whether the house shows a post to an asker: a hidden one is for its author and stewards. */
export const isShown = ({ hidden }: World, asker: Asker, { persona, key }: ModelPost): boolean => !hidden.has(`${persona}/${key}`) || asker.persona === persona || asker.steward;

/** The posts that this asker may read. */
export const readable = (world: World, asker: Asker): ModelPost[] =>
  world.posts.filter((post) => !post.gone && isShown(world, asker, post) && mayRead(world, asker, post.persona, 'microblog', 'posts', post.audience));

/** The name that a page shows this asker for a persona. */
export function nameFor(world: World, asker: Asker, persona: string): string {
  const person = world.people.get(persona)!;
  return mayRead(world, asker, persona, 'people', 'profile', person.audience) ? person.name : person.handle;
}

/** True when the asker follows the persona. */
export const follows = (world: World, asker: Asker, persona: string): boolean => asker.persona !== null && related(world, asker.persona, persona, 'follow');

/** Records a relation, or takes it back. */
export function relate(world: World, owner: string, other: string, relation: string, on: boolean): void {
  const name = `${owner}>${other}`;
  const names = world.relations.get(name) ?? new Set();
  world.relations.set(name, names);
  if (on) names.add(relation); else names.delete(relation);
}
