/* Scripts that put no spaces between words: every letter is looked for by itself, in its order. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const WORD = /[\p{L}\p{N}]+/gu;

/** A text as it is compared: no matter whether capital or small, with or without accents, in compatible letters. */
export const fold = (text: string): string => text.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC');

/** The words of a text, folded, in their order. Letters of scripts without spaces are a word each. */
export const wordsIn = (text: string): string[] => fold(text).replace(UNSPACED, ' $& ').match(WORD) ?? [];
