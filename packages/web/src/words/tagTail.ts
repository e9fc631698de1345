import { namedIn } from '@commonhold/core';

/* As many tags as a text may end with. */
const FEW = 3;

/** The words of a text, and the tags stuffed behind them, when it ends with more than three of them and nothing in between. */
export function cutTagTail(text: string): { words: string; tags: string[] } {
  const tags: string[] = [];
  let end = text.length;
  for (const named of namedIn(text).reverse()) {
    const last = named.at + named.length;
    if (!('tag' in named) || /[^\s,·|]/u.test(text.slice(last, end))) break;
    tags.unshift(text.slice(named.at, last));
    end = named.at;
  }
  return tags.length > FEW ? { words: text.slice(0, end).trimEnd(), tags } : { words: text, tags: [] };
}
