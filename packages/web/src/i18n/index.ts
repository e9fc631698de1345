import type { ComponentChild } from 'preact';
import { compile, fill, format, pseudo, type Message, type Params } from './format.ts';
import { en } from './en.ts';

/** Key of a message. */
export type Key = keyof typeof en;

const asked = typeof location === 'undefined' ? null : new URLSearchParams(location.search).get('lang');
/** Whether the pseudo-locale is shown. */
export const isPseudo = asked === 'en-XA';

/** Language of the words on the screen. */
export const language = 'en';
/** Locale of numbers and times: the reader's own when it is of the same language, so that no sentence mixes two. */
export const locale: string = (typeof navigator === 'undefined' ? [] : navigator.languages).find((name) => name.split('-')[0] === language && name.includes('-')) ?? 'en-GB';

const read = new Map<Key, Message>();
function message(key: Key): Message {
  let found = read.get(key);
  if (!found) {
    found = isPseudo ? pseudo(compile(en[key])) : compile(en[key]);
    read.set(key, found);
  }
  return found;
}

/** The words of `key`, its holes filled. `?lang=en-XA` shows the pseudo-locale. */
export const t = (key: Key, params: Params = {}): string => format(message(key), params, language);

/** The words of `key` as children, where a hole may hold a piece of the page: `tx('by', { who: <b>Ada</b> })`. */
export const tx = (key: Key, params: Readonly<Record<string, ComponentChild>>): ComponentChild[] =>
  fill<ComponentChild>(message(key), params as Readonly<Record<string, ComponentChild>>, language);
