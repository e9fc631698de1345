import { codePoints } from '@commonhold/core';

/** Characters as the house counts them, on every machine alike: an emoji is one, one that is put together of several counts as those. */
export const countCharacters = (text: string): number => codePoints(text);

/** How many characters of `limit` are left once the edges are trimmed; below zero when there are too many. */
export const countLeft = (text: string, limit: number): number => limit - countCharacters(text.trim());
