import type { KeysSince } from '../../firewall/identity.ts';
import type { Person } from '../shared/person.ts';

/** A person's profile as a caller sees it; what it is to the caller is the caller's own knowledge. */
export interface Profile extends Person {
  bio: string | null; followsYou: boolean; me: boolean; joinedAt: number;
  /** The house where they live now, where that is not this one any more. */
  movedTo: string | null;
  /** They have ended this persona: it writes nothing more. */
  retired?: true;
  /** Whoever wants to follow asks first. */
  locked: boolean;
  /** The caller follows; of somebody locked: was accepted. */
  follows: boolean;
  /** The caller asked to follow and waits. */
  asked: boolean;
  /** The caller calls them close. */
  close: boolean;
  /** Never true of somebody who can be seen: a block hides both from each other. */
  blocked: boolean;
  muted: boolean;
  /** When the mute ends by itself (ms); null when it does not, or there is none. */
  mutedUntil: number | null;
}

/** What a whole profile says beyond a line in a list. */
export interface WholeProfile extends Profile {
  banner?: Image;
  /** What they say of themselves, line by line; `verifiedAt` (ms): the page at this address was seen to link back. */
  fields?: ProfileField[];
  /** The caller met them and saw this head of their key log, at this time (ms); `since`: what came after it, null where it is not in their log. */
  verified?: { at: number; key: string; since: KeysSince | null };
}

/** A picture that was received as bytes: names of blobs, pixels of the full one, a thumbhash, words for those who do not see it. */
export interface Image { full: string; small?: string; width: number; height: number; thumb?: string; alt?: string }
/** One line that somebody says of themselves. */
export interface ProfileField { name: string; value: string; verifiedAt?: number }
/** The body of `people.profile`. */
export interface ProfileBody { name: string; bio?: string; locked?: boolean; picture?: Image; banner?: Image; fields?: ProfileField[] }
/** A profile as its person wants it: what is left out stays, but for `bio`; null and an empty list take away. */
export interface ProfileWish { name: string; bio?: string; locked?: boolean; picture?: Image | null; banner?: Image | null; fields?: { name: string; value: string }[] }
/** The body of `people.links` (`petname` and `verified` only of `known`) and `people.followers`; of `asked`, `requests` and `accepted` without the relation. */
export interface LinkBody { persona: string; relation?: string; createdAt: number; note?: string; until?: number; petname?: string; verified?: { at: number; key: string } }
/** The relations of `people.links` that this service makes. */
export type Relation = 'follow' | 'close' | 'block' | 'mute' | 'known';
/** Collections whose records each name one other person. */
export type LinkCollection = 'links' | 'followers' | 'asked' | 'requests' | 'accepted';

/** The id of this service. */
export const PEOPLE = 'people';
