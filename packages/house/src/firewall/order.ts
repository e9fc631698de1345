import type { Row } from '../store/pod/types.ts';

/** Whether a post is shown to a reader: as ever, to them though it is hidden from the house (its author, stewards), or not at all. */
export type Shown = 'yes' | 'marked' | 'no';

/** How a house narrows what its people may do, beside what contracts and people say. It never lets anybody have more. */
export interface HouseOrder {
  /** Whether nothing at all is hidden: asked for every record that is read, and nearly always so. */
  hidesNothing(): boolean;
  /** Whether the house shows a post of a persona; the reader null is anybody. */
  shown(reader: string | null, persona: string, key: string): Shown;
  /** Refuses `suspended` and `expelled` for who may not give anything to others now. */
  checkMayPublish(persona: string): void;
}

/** A house that narrows nothing. */
export const FREE: HouseOrder = { hidesNothing: () => true, shown: () => 'yes', checkMayPublish: () => {} };

/** The records in which a post or its words lie, each with how it names the post. */
const POSTS: Readonly<Record<string, (owner: string, row: Row) => readonly [string, string] | null>> = {
  posts: (owner, { key }) => [owner, key],
  post_versions: (owner, row) => named(owner, row),
  replies: (owner, row) => named(row.author ?? owner, row),
};

const named = (persona: string, { body }: Row): readonly [string, string] | null =>
  (body === null ? null : [persona, (JSON.parse(body) as { post: string }).post]);

/** Whether the house keeps a record from a reader who is not its owner. */
export function isWithheld(order: HouseOrder, reader: string | null, owner: string, service: string, row: Row): boolean {
  if (order.hidesNothing() || service !== 'microblog' || !Object.hasOwn(POSTS, row.collection)) return false;
  const post = POSTS[row.collection]!(owner, row);
  return post !== null && order.shown(reader, post[0], post[1]) === 'no';
}
