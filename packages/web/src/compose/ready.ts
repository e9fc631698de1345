import { countCharacters, countLeft } from './count.ts';
import type { Asked, Draft, Written } from './draft.ts';

/** A post has at most this many answers to choose from, each of at most this many characters. */
export const POLL = { answers: 8, characters: 80 } as const;
/** As many posts go out in one go, and as long may a warning be. */
export const MOST = { parts: 25, warning: 200 } as const;
const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

/** The answers of a poll that say something. */
export const answersOf = ({ options }: Asked): string[] => options.map((option) => option.trim()).filter((option) => option !== '');

/** What keeps a poll from being asked: too few answers, one that stands there twice, one that is too long; null when nothing does. */
export function pollProblem(poll: Asked): 'few' | 'twice' | 'long' | null {
  const answers = answersOf(poll);
  if (answers.length < 2) return 'few';
  if (new Set(answers).size < answers.length) return 'twice';
  return answers.some((answer) => countCharacters(answer) > POLL.characters) ? 'long' : null;
}

/** Whether a time (ms) is one at which something can go out by itself. */
export const mayBeDue = (due: number, now: number): boolean => due > now && due < now + YEAR;

const says = ({ text, images }: Written): boolean => text.trim() !== '' || (images?.length ?? 0) > 0;

/** Whether a draft can go out as it is. */
export function isReady({ parts, poll, due }: Draft, limit: number, now: number): boolean {
  const words = parts.every((part) => says(part) && countLeft(part.text, limit) >= 0 && countCharacters(part.warning ?? '') <= MOST.warning);
  return words && (!poll || pollProblem(poll) === null) && (due === undefined || mayBeDue(due, now));
}
