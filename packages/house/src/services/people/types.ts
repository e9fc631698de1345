import type { Person } from '../shared/person.ts';

/** A person's profile as a caller sees it; `follows` and `followsYou` are the caller's own knowledge. */
export interface Profile extends Person { bio: string | null; follows: boolean; followsYou: boolean; me: boolean; joinedAt: number }

/** The body of `people.profile`. */
export interface ProfileBody { name: string; bio?: string }
/** The body of `people.links` and `people.followers`. */
export interface LinkBody { persona: string; relation: string; createdAt: number; note?: string }

/** The id of this service. */
export const PEOPLE = 'people';
