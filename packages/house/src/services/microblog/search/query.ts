import { wordsIn } from '@commonhold/core';
import { HAS, tagKey } from '../../../views/entries.ts';

/** What somebody typed into the search, taken apart. */
export interface SearchQuery {
  /** Words that must follow one another, folded, with a space between them; all of these must occur. */
  phrases: readonly string[];
  /** Whether the last one may go on: its last word is the beginning of one. */
  open: boolean;
  /** The words, folded, for what is not found by the index. */
  words: readonly string[];
  /** Tags and what must be in it, as the index has them. */
  tags: readonly string[];
  /** Handles of authors; with more than one there is no such post. */
  from: readonly string[];
}

/* One piece after the other: a phrase in quotes (the last one may lack its end), or whatever has no space in it. */
const PIECE = /"([^"]*)(?:"|$)|([^\s"]+)/g;
const FROM = /^from:@?([A-Za-z0-9_.-]+)$/i;
const CONTENT = /^has:(image|poll|link)$/i;
const TAG = /^#([\p{L}\p{N}\p{M}_]+)$/u;
/** So many things narrow a search; more say nothing. */
const MOST_TAGS = 8;

/**
 * Reads a search. Total: whatever is typed means something. `"…"` is a phrase, `from:handle`, `has:image|poll|link` and `#tag` narrow,
 * all else are words, of which every one must occur; what holds no letter or digit says nothing.
 */
export function searchQuery(typed: string): SearchQuery {
  const phrases: string[] = [], words: string[] = [], tags = new Set<string>(), from = new Set<string>();
  let isOpen = false;
  for (const [, quoted, plain = ''] of typed.matchAll(PIECE)) {
    const author = FROM.exec(plain)?.[1], tag = tagOf(plain);
    const found = wordsIn(quoted ?? plain);
    if (author !== undefined) from.add(author.toLowerCase());
    else if (tag !== null) tags.add(tag);
    else if (found.length > 0) {
      phrases.push(found.join(' '));
      words.push(...found);
      isOpen = quoted === undefined;
    }
  }
  return { phrases, open: isOpen, words, tags: [...tags].slice(0, MOST_TAGS), from: [...from] };
}

// What a piece asks to be in a post, as the index has it.
function tagOf(piece: string): string | null {
  const content = CONTENT.exec(piece)?.[1];
  if (content !== undefined) return HAS[content.toLowerCase() as keyof typeof HAS];
  const tag = TAG.exec(piece)?.[1];
  return tag === undefined ? null : tagKey(tag);
}
