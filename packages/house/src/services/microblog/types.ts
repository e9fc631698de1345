import type { Person } from '../shared/person.ts';

/** The full name of a post. */
export interface Ref { persona: string; key: string }

/** The body of a post, as the contract of this service has it. */
export interface PostBody {
  text: string;
  /** Milliseconds since 1970; never changes. */
  createdAt: number;
  lang?: string;
  replyTo?: Ref;
  root?: Ref;
}

/** A post as a caller sees it. */
export interface PostItem extends Ref {
  at: string; audience: string; body: PostBody;
  /** By the caller. */
  liked: boolean;
  /** Only on the caller's own: the newest who like it, and how many more. */
  likes?: { people: Person[]; more: number };
}

/** What somebody asks to have posted. */
export interface NewPost { text: string; audience: string; replyTo?: Ref; lang?: string; idempotencyKey?: string }

/** Which part of a timeline; cursors are those of an earlier page. */
export interface PageQuery { before?: string; after?: string; first?: number }

/** The id of this service. */
export const MICROBLOG = 'microblog';
