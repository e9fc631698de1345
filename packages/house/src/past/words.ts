import { codePoints } from '@commonhold/core';

/** Most characters that a post can have by its contract; a house's own limit is for what is written in it. */
export const MOST_TEXT = 5000;
const MOST_WARNING = 200;
const MOST_ALT = 1500;

/** A text in parts that fit into posts: cut between paragraphs where that can be, else between lines, sentences or words. */
export function partsOf(text: string, most = MOST_TEXT): string[] {
  const parts: string[] = [];
  let rest = text.toWellFormed().replaceAll('\0', '').trim();
  while (codePoints(rest) > most) {
    const head = [...rest].slice(0, most).join('');
    const at = ['\n\n', '\n', '. ', ' '].map((mark) => head.lastIndexOf(mark) + mark.trimEnd().length).find((found) => found > head.length / 2) ?? head.length;
    parts.push(head.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return rest === '' && parts.length > 0 ? parts : [...parts, rest];
}

/** A warning as posts can have it; one that is longer stands before the words, whole. */
export function warned(text: string, warning: string | undefined): { text: string; warning?: string } {
  const tidy = warning?.toWellFormed().replaceAll('\0', '').trim();
  if (tidy === undefined || tidy === '') return { text };
  if (codePoints(tidy) <= MOST_WARNING) return { text, warning: tidy };
  return { text: `${tidy}\n\n${text}`, warning: `${[...tidy].slice(0, MOST_WARNING - 1).join('')}…` };
}

/** What is in a picture, as far as there is room for it. */
export function altOf(alt: string): string {
  const tidy = alt.toWellFormed().replaceAll('\0', '').trim();
  return codePoints(tidy) <= MOST_ALT ? tidy : `${[...tidy].slice(0, MOST_ALT - 1).join('')}…`;
}
