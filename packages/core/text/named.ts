/** Somebody's handle or a tag inside a text: where its sign stands, how long it is with the sign, and what it names in its one spelling. */
export type Named = { at: number; length: number } & ({ handle: string } | { tag: string });

/* A word of its own: not inside an address, a mail address or another word; a tag has a letter, so that "#1" is none. */
const NAMED = /(?<![\p{L}\p{N}\p{M}_@#/&.=?-])(?:@([a-z0-9][a-z0-9_.-]{0,29})|#([\p{L}\p{N}\p{M}_]{1,60}))(?![\p{L}\p{N}\p{M}_@#])/giu;
const LETTER = /\p{L}/u;
const SIGN = /[@#]/;

/** One spelling of a tag, without its sign: compatible letters alike, lower case. */
export const tidyTag = (tag: string): string => tag.normalize('NFKC').toLowerCase();

/** Finds `@handles` and `#tags` in a text, in their order. A full stop after a handle belongs to the sentence. */
export function namedIn(text: string): Named[] {
  // Most texts have neither, and to look for words in them is dear on a phone.
  if (!SIGN.test(text)) return [];
  return [...text.matchAll(NAMED)].flatMap(({ index: at, 1: handle, 2: tag }): Named[] => {
    if (tag !== undefined) return LETTER.test(tag) ? [{ at, length: tag.length + 1, tag: tidyTag(tag) }] : [];
    const name = handle!.replace(/[.-]+$/, '');
    return [{ at, length: name.length + 1, handle: name.toLowerCase() }];
  });
}

/** The tags of a text, each once. */
export const tagsIn = (text: string): string[] => [...new Set(namedIn(text).flatMap((named) => 'tag' in named ? named.tag : []))];

/** The handles that a text names, each once. */
export const handlesIn = (text: string): string[] => [...new Set(namedIn(text).flatMap((named) => 'handle' in named ? named.handle : []))];
