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

/** The body of `people.profile`. */
export interface ProfileBody { name: string; bio?: string; locked?: boolean }
/** The body of `people.links` and `people.followers`; of `asked`, `requests` and `accepted` without the relation. */
export interface LinkBody { persona: string; relation?: string; createdAt: number; note?: string; until?: number }
/** The relations of `people.links` that this service makes. */
export type Relation = 'follow' | 'close' | 'block' | 'mute';
/** Collections whose records each name one other person. */
export type LinkCollection = 'links' | 'followers' | 'asked' | 'requests' | 'accepted';

/** The id of this service. */
export const PEOPLE = 'people';
