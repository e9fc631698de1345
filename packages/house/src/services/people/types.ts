import type { Person } from '../shared/person.ts';

/** A person's profile as a caller sees it; `follows` and `followsYou` are the caller's own knowledge. */
export interface Profile extends Person {
  bio: string | null; follows: boolean; followsYou: boolean; me: boolean; joinedAt: number;
  /** Never true of somebody who can be seen: a block hides both from each other. */
  blocked: boolean;
  muted: boolean;
  /** When the mute ends by itself (ms); null when it does not, or there is none. */
  mutedUntil: number | null;
}

/** The body of `people.profile`. */
export interface ProfileBody { name: string; bio?: string }
/** The body of `people.links` and `people.followers`. */
export interface LinkBody { persona: string; relation: string; createdAt: number; note?: string; until?: number }
/** The relations of `people.links` that this service makes. */
export type Relation = 'follow' | 'block' | 'mute';

/** The id of this service. */
export const PEOPLE = 'people';
