/** What is wrong with typed words: not 24 (`count`), one that is none (`place` from 1), or they do not belong together. */
export type WordsFault = { fault: 'count'; count: number } | { fault: 'unknown'; place: number; word: string } | { fault: 'together' };

/** The words as somebody types or pastes them: numbers, commas and line breaks between them do not matter. */
export const wordsOfTyped = (typed: string): string[] => typed.toLowerCase().split(/[^\p{L}]+/u).filter((word) => word !== '');

/** How many words were typed so far. */
export const countWords = (typed: string): number => wordsOfTyped(typed).length;
