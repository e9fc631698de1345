import type { Audience } from '@commonhold/core';
import type { Person } from '../shared/person.ts';

/** The full name of a post. */
export interface Ref { persona: string; key: string }

/** Audiences of posts that the author of a post keeps replies for. */
export type Few = 'close' | 'followers';

/** Where a reply is kept that is for the readers of another's post: `under` their post, `as` the record of that key, for `audience` at most. */
export interface Handed { to: string; under: string; as: string; audience: Few }

/** The body of a post, as the contract of this service has it. */
export interface PostBody {
  text: string;
  /** Milliseconds since 1970; never changes. */
  createdAt: number;
  editedAt?: number;
  lang?: string;
  replyTo?: Ref;
  root?: Ref;
  /** Nobody's but the author's own to see. */
  handed?: Handed;
}

/** The body of a reply that its owner keeps; `post` = its key among its author's own, `under` = the owner's post. */
export interface ReplyBody { text: string; createdAt: number; editedAt?: number; lang?: string; post: string; under: string; audience: Few; replyTo: Ref; root: Ref }

/** The body of an earlier wording; `at` = when it was worded so (ms). */
export interface VersionBody { post: string; text: string; lang?: string; at: number }

/** A post as a caller sees it. */
export interface PostItem extends Ref {
  at: string; audience: string; body: PostBody;
  /** By the caller. */
  liked: boolean;
  /** Only on the caller's own: the newest who like it, and how many more. */
  likes?: { people: Person[]; more: number };
  /** Only on the caller's own, and where there are any. */
  boosts?: { people: Person[]; more: number };
  /** By the caller; left out where not. */
  boosted?: true;
  bookmarked?: true;
  /** The caller's choices in its poll. */
  voted?: number[];
  /** Who passed it on, where this entry of a list is there for that. */
  boost?: { by: string; at: number; key: string };
  /** What an answer of the caller's to it may be for. */
  replyAudiences: readonly Audience[];
  /** Who keeps this reply for the readers of their post. */
  keptBy?: string;
}

/** What somebody asks to have posted. */
export interface NewPost { text: string; audience: string; replyTo?: Ref; lang?: string; idempotencyKey?: string }

/** Which part of a timeline; cursors are those of an earlier page. */
export interface PageQuery { before?: string; after?: string; first?: number }

/** The id of this service. */
export const MICROBLOG = 'microblog';
