import type { ComponentChild } from 'preact';
import { compile, fill, format, pseudo, type Message, type Params } from './format.ts';
import { isPseudo, language } from './index.ts';

/** `t` and `tx` over messages of their own, so that the words of a lazy screen travel with it and not with the first load. */
export function scope<M extends Readonly<Record<string, string>>>(messages: M) {
  const read = new Map<keyof M, Message>();
  const message = (key: keyof M): Message => {
    const plain = compile(messages[key]!);
    const found = read.get(key) ?? (isPseudo ? pseudo(plain) : plain);
    read.set(key, found);
    return found;
  };
  return {
    /** The words of `key`, its holes filled. */
    t: (key: keyof M, params: Params = {}): string => format(message(key), params, language),
    /** The words of `key` as children, where a hole may hold a piece of the page. */
    tx: (key: keyof M, params: Readonly<Record<string, ComponentChild>>): ComponentChild[] =>
      fill<ComponentChild>(message(key), params as Readonly<Record<string, ComponentChild>>, language),
  };
}
