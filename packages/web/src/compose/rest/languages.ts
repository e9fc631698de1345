/* Languages with the most writers, and those of small houses that somebody asked about: any other comes from the browser. */
const CODES = 'ar bg bn br ca co cs cy da de el en eo es et eu fa fi fo fr fy ga gd gl he hi hr hu hy id is it ja ka kl ko ku la lb lt lv mk ml mr mt nb nds nl nn oc pa pl pt ro ru sc se sk sl sq sr sv sw ta te th tl tr uk ur vi yi yo zh zu'.split(' ');

/** A language: its code, its own name for itself, and what it is called in the language of the app. */
export interface Language { code: string; own: string; name: string }

const nameIn = (locale: string, code: string): string | undefined => {
  try { return new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' }).of(code); } catch { return undefined; }
};

/** What a language is called: by itself, and in `locale`. A code that nobody knows is its own name. */
export function languageOf(code: string, locale: string): Language {
  return { code, own: nameIn(code, code) ?? code, name: nameIn(locale, code) ?? code };
}

/** The languages to choose from: those of the browser, and all, each by its name in `locale`. */
export function languages(browser: readonly string[], locale: string): { yours: Language[]; all: Language[] } {
  const yours = [...new Set(browser.map((tag) => tag.split('-')[0]!.toLowerCase()))].filter((code) => /^[a-z]{2,3}$/.test(code)).map((code) => languageOf(code, locale));
  const all = CODES.map((code) => languageOf(code, locale)).sort((a, b) => a.name.localeCompare(b.name, locale));
  return { yours, all };
}
