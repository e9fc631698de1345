/** How much there is before anything is measured, in the house and in the bare server alike. */
export interface Scale {
  /** Who lives in the house. */
  people: number;
  posts: number;
  /** Over how many pods, or files, writes go in turn. */
  written: number;
}

/** A full house. */
export const FULL: Scale = { people: 300, posts: 6000, written: 100 };
/** Enough to show that the bench works. */
export const SMALL: Scale = { people: 20, posts: 200, written: 10 };

/** How many bytes a post's text is about: what the bare server stores and sends is the same. */
const SIZE = 280;
const PHRASES = [
  'The altos hold the long note until the bridge, then breathe together. ', 'Tuesday we sing in the old brewery; bring a coat, it is cold in there. ',
  'Does anybody have a second copy of the Fauré? Mine was left on the tram. ', 'We need four more chairs and somebody with a key. ',
  'That last chord was worth the whole evening. ', 'Carpool from the station at ten past six, two seats left. ',
];

/** The text of the n-th post: 280 characters, one in six not plain ASCII, no two the same. */
export function postText(n: number): string {
  let text = `${n}. `;
  for (let i = n; text.length < SIZE; i++) text += PHRASES[i % PHRASES.length]!;
  return text.slice(0, SIZE).trimEnd();
}

/** A stream of numbers in [0, below), the same in every run (a linear congruence; Knuth's constants). */
export function numbers(seed: number): (below: number) => number {
  let state = BigInt(seed);
  return (below) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(below));
  };
}
