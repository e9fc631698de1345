import { tidyTag } from '@commonhold/core';

/** What is being named where the caret stands: its sign, what is typed of it, and where that is in the text. */
export interface Naming { sign: '@' | '#' | ':'; query: string; from: number; to: number }

/** Somebody who may be named; `follows`: the writer follows them. */
export interface Nameable { persona: string; handle: string; name: string; petname?: string; follows: boolean }

/* The same edges as the finder of handles and tags has; an emoji's name stands apart from other words. */
const PERSON = /(?:^|[^\p{L}\p{N}\p{M}_@#/&.=?-])@([\p{L}\p{N}\p{M}_.-]{0,29})$/u;
const TAG = /(?:^|[^\p{L}\p{N}\p{M}_@#/&.=?-])#([\p{L}\p{N}\p{M}_]{0,60})$/u;
const EMOJI = /(?:^|\s):([\p{L}_]{0,20})$/u;

/** What is being named right before the caret, or null. */
export function namingAt(text: string, caret: number): Naming | null {
  const before = text.slice(0, caret);
  for (const [sign, pattern] of [['@', PERSON], ['#', TAG], [':', EMOJI]] as const) {
    const query = pattern.exec(before)?.[1];
    if (query !== undefined) return { sign, query, from: caret - query.length - 1, to: caret };
  }
  return null;
}

/** The text with what was being named written out, and where the caret stands then: behind a space. */
export function withNamed(text: string, { from, to }: Naming, words: string): { text: string; caret: number } {
  const rest = text.slice(to);
  const gap = /^[\s.,;:!?)]/u.test(rest) ? '' : ' ';
  return { text: text.slice(0, from) + words + gap + rest, caret: from + words.length + (gap || /^\s/u.test(rest) ? 1 : 0) };
}

const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/* How well somebody fits: their handle begins so, a word of a name does, or it is somewhere inside. */
function fit({ handle, name, petname }: Nameable, query: string): number | null {
  const names = [petname ?? '', name].map(plain);
  if (plain(handle).startsWith(query)) return 0;
  if (names.some((one) => one.split(/\s+/u).some((word) => word.startsWith(query)))) return 1;
  return query.length > 1 && [handle, ...names].some((one) => one.includes(query)) ? 2 : null;
}

const FEW = 6;

/** People who may be meant: those one follows first, then who fits best. */
export function matchPeople<P extends Nameable>(people: readonly P[], query: string): P[] {
  const wanted = plain(query);
  const found = people.map((person) => ({ person, fits: fit(person, wanted) })).filter((one): one is { person: P; fits: number } => one.fits !== null);
  found.sort((a, b) => Number(b.person.follows) - Number(a.person.follows) || a.fits - b.fits || a.person.name.localeCompare(b.person.name));
  return found.slice(0, FEW).map(({ person }) => person);
}

/** Tags that may be meant, the most used first. `tags`: every use of every tag that is known here. */
export function matchTags(tags: readonly string[], query: string): string[] {
  const wanted = tidyTag(query);
  const uses = new Map<string, number>();
  for (const tag of tags) if (tag.startsWith(wanted) && tag !== wanted) uses.set(tag, (uses.get(tag) ?? 0) + 1);
  return [...uses].sort(([a, n], [b, m]) => m - n || a.localeCompare(b)).slice(0, FEW).map(([tag]) => tag);
}

/** Emoji that may be meant, by the beginning of one of their words; the first of the list where nothing is typed yet. */
export function matchEmoji(all: Readonly<Record<string, string>>, query: string): { emoji: string; name: string }[] {
  const wanted = plain(query).replaceAll('_', ' ');
  const entries = Object.entries(all).map(([emoji, words]) => ({ emoji, name: words.split(',')[0]!, words: plain(words).split(/[\s,]+/u) }));
  const found = wanted === '' ? entries : entries.filter(({ name, words }) => plain(name).startsWith(wanted) || words.some((word) => word.startsWith(wanted)));
  // The one that is called exactly so comes first.
  return found.sort((a, b) => Number(plain(b.name).startsWith(wanted)) - Number(plain(a.name).startsWith(wanted))).slice(0, FEW + 2).map(({ emoji, name }) => ({ emoji, name }));
}
