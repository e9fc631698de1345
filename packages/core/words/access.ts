import { accessDe } from './access-de.ts';
import { accessEn } from './access-en.ts';
import type { Access, AccessGlossary, AccessWords, Locale } from './glossary.ts';

const GLOSSARIES: ReadonlyMap<string, AccessGlossary> = new Map<Locale, AccessGlossary>([['en', accessEn], ['de', accessDe]]);

/** What records of a collection are called, in words of our own; without any, by their contract's labels, then by the collection's name. */
export function thingWords(service: string, collection: string, locale: string, label: { readonly one: string; readonly many: string } | null = null): { one: string; many: string } {
  const { one, many } = (GLOSSARIES.get(locale) ?? accessEn).things({ service, collection, label });
  return { one, many };
}

/**
 * A line of an access log in words of our own; a collection without any is called by its contract's labels, then by its name.
 * A language without a glossary is answered in English: a log must always be readable.
 */
export function accessSentence(access: Access, locale: string): AccessWords {
  const glossary = GLOSSARIES.get(locale) ?? accessEn;
  return { what: glossary.what(access), why: glossary.why(access) };
}
