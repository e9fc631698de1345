import type { PastAudience } from './types.ts';

/** What a person may choose for what they bring along: for nobody else, as it was there, or one audience at most. */
export const CHOICES = ['only-me', 'as-it-was', 'followers', 'house', 'everyone'] as const;
/** One of them. */
export type Choice = (typeof CHOICES)[number];

/** For whom a post is here: never wider than it was, nor than was chosen. Followers and house are not within each other: then for nobody else. */
export function audienceOf(choice: Choice, was: PastAudience): string {
  return choice === 'as-it-was' ? was : narrower(choice, was);
}

/** The narrower of two audiences, or what is within both. */
export function narrower(one: string, other: string): string {
  if (one === other || other === 'everyone') return one;
  return one === 'everyone' ? other : 'only-me';
}
