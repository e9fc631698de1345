import { signal } from '@preact/signals';
import { emoji as english } from '../../i18n/en/emoji.ts';
import { language } from '../../i18n/language.ts';

/** Emoji by the names of the reader's language; the English ones find them, too, behind those. */
export const emojiHere = signal<Readonly<Record<string, string>>>(english);

let asked = false;

/** Fetches the names of the reader's language, once; until they are here, or where they do not come, the English ones do. */
export function needEmoji(): void {
  if (asked || language !== 'de') return;
  asked = true;
  import('../../i18n/de/emoji.ts').then(({ emoji }) => {
    emojiHere.value = Object.fromEntries(Object.entries(english).map(([one, words]) => [one, `${emoji[one as keyof typeof english]} ${words.replace(',', ' ')}`]));
  }, () => { asked = false; });
}
