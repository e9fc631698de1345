import type { ComponentChild } from 'preact';
import { compile, fill, format, pseudo, type Message, type Params } from './format.ts';
import { en } from './en.ts';
import { isPseudo, language, otherWords } from './language.ts';

export { language, locale } from './language.ts';

/** Key of a message. */
export type Key = keyof typeof en;

/* The parts that make up the first load, as `en.ts` puts them together. */
const other = (key: string): string | undefined => {
  const words = otherWords();
  return words ? ({ ...words.common, ...words.app, ...words.feed, ...words.people, ...words.entry, ...words.settings } as Readonly<Record<string, string>>)[key] : undefined;
};

const read = new Map<Key, Message>();
function message(key: Key): Message {
  let found = read.get(key);
  if (!found) {
    const plain = compile(other(key) ?? en[key]);
    found = isPseudo ? pseudo(plain) : plain;
    read.set(key, found);
  }
  return found;
}

/** The words of `key`, its holes filled. `?lang=en-XA` shows the pseudo-locale. */
export const t = (key: Key, params: Params = {}): string => format(message(key), params, language);

/** The words of `key` as children, where a hole may hold a piece of the page: `tx('by', { who: <b>Ada</b> })`. */
export const tx = (key: Key, params: Readonly<Record<string, ComponentChild>>): ComponentChild[] =>
  fill<ComponentChild>(message(key), params as Readonly<Record<string, ComponentChild>>, language);

/** Why the house said no: in the reader's language by its code, else in the house's own sentence. */
export const refusalText = ({ code, detail }: { code: string; detail: string }): string => otherWords()?.refusals[code] ?? detail;
