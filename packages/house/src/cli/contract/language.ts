import { Refusal } from '@commonhold/core';
import type { Given } from '../command.ts';

/** The languages that contracts are said in. */
const LANGUAGES = ['en', 'de'] as const;

/** The option by which one is chosen, its line of help, and how it is used. */
export const LANGUAGE = {
  option: { language: { type: 'string', default: 'en' } }, help: '--language en|de  the language (en)', usage: '[--language en|de]',
} as const;

/** The language that was asked for. Refuses `unknown_language`. */
export function languageOf({ values: { language } }: Given): (typeof LANGUAGES)[number] {
  const found = LANGUAGES.find((one) => one === language);
  if (found === undefined) throw new Refusal('invalid', 'unknown_language', `There are no words in "${String(language)}" yet. Choose ${LANGUAGES.join(' or ')}.`);
  return found;
}
