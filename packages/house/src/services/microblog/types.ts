import type { Audience } from '@commonhold/core';
import type { Person } from '../shared/person.ts';

/** The full name of a post. */
export interface Ref { persona: string; key: string }

/** Audiences of posts that the author of a post keeps replies for. */
export type Few = 'close' | 'followers';

/** Where a reply is kept that is for the readers of another's post: `under` their post, `as` the record of that key, for `audience` at most. */
export interface Handed { to: string; under: string; as: string; audience: Few }

/** Who may quote a post, of those who may read it. */
export type Quotable = 'anyone' | 'followers' | 'nobody';

/** A picture beside a post: blobs of its author's pod, pixels of the full one, a thumbhash, and what is in it in words. */
export interface Image { full: string; small?: string; width: number; height: number; thumb?: string; alt?: string }

/** A question with answers to choose from, until a time (ms). `counts`: votes for each so far; `voters`: how many people voted. */
export interface Poll { options: string[]; until: number; multiple: boolean; counts?: number[]; voters?: number }

/** The words of a post: what an edit changes. */
export interface Words { text: string; lang?: string; warning?: string; images?: Image[]; mentions?: string[] }

/** The body of a post, as the contract of this service has it. */
export interface PostBody extends Words {
  /** Milliseconds since 1970; never changes. */
  createdAt: number;
  editedAt?: number;
  replyTo?: Ref;
  root?: Ref;
  poll?: Poll;
  quote?: Ref;
  quotes?: Quotable;
  /** Its place among posts that were written in one go. */
  part?: { at: number; of: number };
  /** Nobody's but the author's own to see. */
  handed?: Handed;
}

/** The body of a reply that its owner keeps; `post` = its key among its author's own, `under` = the owner's post. */
export interface ReplyBody extends Omit<Words, 'images'> { createdAt: number; editedAt?: number; post: string; under: string; audience: Few; replyTo: Ref; root: Ref }

/** The body of an earlier wording; `at` = when it was worded so (ms). */
export interface VersionBody extends Omit<Words, 'mentions'> { post: string; at: number }

/** The body of `choices`: who may quote what says nothing of it, whether numbers are shown on own posts, and in which language one writes. */
export interface ChoicesBody { quotes?: Quotable; counts?: boolean; lang?: string }

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
  /** The caller wants no news of its conversation. */
  muted?: true;
  /** The caller's choices in its poll. */
  voted?: number[];
  /** Who passed it on, where this entry of a list is there for that. */
  boost?: { by: string; at: number; key: string };
  /** What it quotes, read from its author; `hidden` = gone, or not for the caller. */
  quoted?: { state: 'shown'; item: PostItem } | { state: 'withdrawn' | 'hidden' };
  /** The caller may quote it. */
  mayQuote?: true;
  /** It stands here because its author pinned it. */
  pinned?: true;
  /** What an answer of the caller's to it may be for. */
  replyAudiences: readonly Audience[];
  /** Who keeps this reply for the readers of their post. */
  keptBy?: string;
}

/** A poll as it is asked for. */
export interface NewPoll { options: string[]; minutes: number; multiple: boolean }

/** What somebody asks to have posted. */
export interface NewPost extends Omit<Words, 'mentions'> { audience: string; replyTo?: Ref; poll?: NewPoll; quote?: Ref; quotes?: Quotable; idempotencyKey?: string }

/** Posts that answer one another, to be written in one go: the first may answer and quote another's, the last may ask. */
export interface NewThread extends Omit<NewPost, 'text' | 'warning' | 'images'> { posts: Pick<NewPost, 'text' | 'warning' | 'images'>[] }

/** Other words for a post; `warning` null = none any more, left out = as it was, and so for `images`. */
export interface NewWords { text: string; lang?: string; warning?: string | null; images?: Image[]; /** Never changed: refused. */ poll?: unknown }

/** Which part of a timeline; cursors are those of an earlier page. */
export interface PageQuery { before?: string; after?: string; first?: number }

/** The id of this service. */
export const MICROBLOG = 'microblog';
