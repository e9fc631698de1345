const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Characters as people count them: an emoji or an accented letter is one. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of graphemes.segment(text)) count++;
  return count;
}

/** How many characters of `limit` are left once the edges are trimmed; below zero when there are too many. */
export const countLeft = (text: string, limit: number): number => limit - countCharacters(text.trim());
