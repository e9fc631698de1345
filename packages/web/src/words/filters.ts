import type { Filter, PostItem } from '@commonhold/sdk';

/** Where a filter holds. */
export type FilterPlace = Filter['places'][number];

/** A filter that holds for a post: its word that was found, and what is done. */
export interface Filtered { word: string; how: Filter['how'] }

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const patterns = new Map<string, RegExp>();
function wholeWord(word: string): RegExp {
  let found = patterns.get(word);
  if (!found) patterns.set(word, found = new RegExp(`(?<![\\p{L}\\p{N}\\p{M}_])${escaped(word)}(?![\\p{L}\\p{N}\\p{M}_])`, 'u'));
  return found;
}

/** All words of a post that a reader would read: its own and those of what it quotes. */
export function wordsOf({ body, quoted }: Pick<PostItem, 'body' | 'quoted'>): string {
  const own = [body.warning, body.text, ...body.poll?.options ?? [], ...body.images?.map((image) => image.alt) ?? []].filter(Boolean).join('\n');
  return quoted?.state === 'shown' ? `${own}\n${wordsOf(quoted.item)}` : own;
}

/** The filter that a text meets in a place at a time (ms), the hiding ones first; null when none does. */
export function filterOf(text: string, filters: readonly Filter[], place: FilterPlace, now: number): Filtered | null {
  const said = plain(text);
  let warned: Filtered | null = null;
  for (const { words, whole, how, places, until } of filters) {
    if (!places.includes(place) || (until !== undefined && until <= now)) continue;
    const word = words.find((one) => whole ? wholeWord(plain(one)).test(said) : said.includes(plain(one)));
    if (word === undefined) continue;
    if (how === 'hide') return { word, how };
    warned ??= { word, how };
  }
  return warned;
}
