import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Item } from '../../firewall/reader.ts';
import type { Transactor } from '../../firewall/transactor.ts';
import { PEOPLE, type LinkBody, type LinkCollection, type Relation } from './types.ts';

/** One record that names somebody, and what it says. */
export interface Link { item: Item; link: LinkBody }

/** The caller's own records of a collection that name people; of `links` those of one relation. */
export function linksOf(gate: Gate, caller: Caller & { persona: string }, collection: LinkCollection, relation?: Relation): Link[] {
  const items = gate.reader(caller, caller.persona, PEOPLE)?.list(collection) ?? [];
  const links = items.map((item) => ({ item, link: JSON.parse(item.body) as LinkBody }));
  return relation === undefined ? links : links.filter(({ link }) => link.relation === relation);
}

/** Those of them that name one person. */
export const linksTo = (gate: Gate, caller: Caller & { persona: string }, persona: string, collection: LinkCollection, relation?: Relation): Link[] =>
  linksOf(gate, caller, collection, relation).filter(({ link }) => link.persona === persona);

/** What somebody's own records say of another person, to be changed inside one write of theirs. */
export interface Between {
  /** Those that name the other. */
  held(collection: LinkCollection, relation?: Relation): Link[];
  /** Removes them here, and nowhere else; true when there were any. */
  drop(collection: LinkCollection, relation?: Relation): boolean;
  /** Removes them and, with each, the record of the same key that the other was told. */
  takeBack(collection: 'links' | 'asked', relation?: Relation): void;
  /** Follows: a link here, and a follower there. */
  follow(createdAt: number): void;
  /** Asks to follow: a note here, and a request there. */
  ask(createdAt: number): void;
}

/** Binds them to one write. */
export function between(gate: Gate, tx: Transactor, caller: Caller & { persona: string }, persona: string): Between {
  const held: Between['held'] = (collection, relation) => linksTo(gate, caller, persona, collection, relation);
  const remove = (collection: LinkCollection, relation: Relation | undefined): string[] =>
    held(collection, relation).filter(({ item }) => tx.remove(collection, item.key)).map(({ item }) => item.key);
  const tell = (collection: LinkCollection, key: string, body: object): void =>
    tx.effect(persona, { op: 'put', service: PEOPLE, collection, key, body: { persona: caller.persona, ...body } });
  return {
    held,
    drop: (collection, relation) => remove(collection, relation).length > 0,
    takeBack: (collection, relation) => {
      const there = collection === 'links' ? 'followers' : 'requests';
      for (const key of remove(collection, relation)) tx.effect(persona, { op: 'remove', service: PEOPLE, collection: there, key });
    },
    follow: (createdAt) => tell('followers', tx.put('links', { body: { persona, relation: 'follow', createdAt } }).key, { relation: 'follower', createdAt }),
    ask: (createdAt) => tell('requests', tx.put('asked', { body: { persona, createdAt } }).key, { createdAt }),
  };
}
