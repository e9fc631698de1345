import type { ComponentChild } from 'preact';
import { compile, fill, format, pseudo, type Message, type Params } from './format.ts';
import { isPseudo, language, otherWords } from './language.ts';
import type { English, Part } from './parts.ts';

/**
 * `t` and `tx` over messages of their own, so that the words of a lazy screen travel with it and not with the first load. `part` is
 * the name of their file: under it every other language has them, too.
 */
export function scope<P extends Part>(part: P, messages: English[P]) {
  type Keys = keyof English[P] & string;
  const read = new Map<Keys, Message>();
  const message = (key: Keys): Message => {
    let found = read.get(key);
    if (!found) {
      const words = otherWords()?.[part] as Readonly<Record<Keys, string>> | undefined;
      const plain = compile(words?.[key] ?? (messages as Readonly<Record<Keys, string>>)[key]);
      found = isPseudo ? pseudo(plain) : plain;
      read.set(key, found);
    }
    return found;
  };
  return {
    /** The words of `key`, its holes filled. */
    t: (key: Keys, params: Params = {}): string => format(message(key), params, language),
    /** The words of `key` as children, where a hole may hold a piece of the page. */
    tx: (key: Keys, params: Readonly<Record<string, ComponentChild>>): ComponentChild[] =>
      fill<ComponentChild>(message(key), params as Readonly<Record<string, ComponentChild>>, language),
  };
}
