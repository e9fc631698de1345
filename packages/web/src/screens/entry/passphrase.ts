/** How long a passphrase is, and whether that is enough. Only length counts: rules about signs make worse passphrases. */
export interface Strength {
  words: number;
  characters: number;
  enough: boolean;
  /** 0 nothing, 1 too short, 2 enough, 3 long: what the bar shows. */
  step: 0 | 1 | 2 | 3;
}

const WORDS = 4;
const CHARACTERS = 12;
const LONG = 24;

/** Four words or more, or twelve characters or more. */
export function strengthOf(passphrase: string): Strength {
  const text = passphrase.trim();
  const characters = [...text].length;
  const words = text.split(/[\s\-_.,]+/u).filter((word) => [...word].length > 1).length;
  const enough = words >= WORDS || characters >= CHARACTERS;
  const step = characters === 0 ? 0 : !enough ? 1 : characters >= LONG ? 3 : 2;
  return { words, characters, enough, step };
}
