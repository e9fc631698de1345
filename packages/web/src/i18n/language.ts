import type { Language } from './parts.ts';

const KEY = 'commonhold.language';

/** Languages of the app by code, each under its own name; English is always there, the others are fetched. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
/** Code of a language. */
export type LanguageCode = keyof typeof LANGUAGES;
/** What may be chosen: a language, or the browser's own. */
export type LanguageChoice = LanguageCode | 'auto';

const isLanguage = (name: string | null | undefined): name is LanguageCode => name !== null && name !== undefined && Object.hasOwn(LANGUAGES, name);

/** What was chosen in this browser. */
export function languageChoice(): LanguageChoice {
  try {
    const kept = localStorage.getItem(KEY);
    return isLanguage(kept) ? kept : 'auto';
  } catch { return 'auto'; }
}

/** Keeps a choice in this browser; it is shown after the page is loaded anew. */
export function chooseLanguage(choice: LanguageChoice): void {
  try {
    if (choice === 'auto') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch { /* storage is off: the browser's language stays */ }
}

/** The first of the reader's languages that the app speaks; English when it speaks none of them. */
export const firstSpoken = (names: readonly string[]): LanguageCode => names.map((name) => name.split('-')[0]).find(isLanguage) ?? 'en';

const asked = typeof location === 'undefined' ? null : new URLSearchParams(location.search).get('lang');
const spoken: readonly string[] = typeof navigator === 'undefined' ? [] : navigator.languages;

/** Whether the pseudo-locale is shown (`?lang=en-XA`). */
export const isPseudo = asked === 'en-XA';

function chosen(): LanguageCode {
  if (isPseudo) return 'en';
  if (isLanguage(asked)) return asked;
  const choice = languageChoice();
  return choice === 'auto' ? firstSpoken(spoken) : choice;
}

/** Language of the words on the screen. `?lang=de` shows another once. */
export const language: LanguageCode = chosen();

/* Numbers and times in English without a country are written as in Britain. */
const PLAIN: Readonly<Record<LanguageCode, string>> = { en: 'en-GB', de: 'de' };

/** Locale of numbers and times: the reader's own when it is of the same language, so that no sentence mixes two. */
export const locale: string = spoken.find((name) => name.split('-')[0] === language && name.includes('-')) ?? PLAIN[language];

let words: Language | null = null;

/** Fetches the words of the language, where it is not English. Before the first page is drawn. Without them English is shown. */
export async function loadWords(): Promise<void> {
  if (typeof document !== 'undefined') document.documentElement.lang = language;
  if (language === 'de') words = (await import('./de/index.ts')).de;
}

/** The words of the language that was fetched; null for English. */
export const otherWords = (): Language | null => words;
