/** Draws `count` different places (1-based, ascending) out of `of`; `random` answers a number in [0, 1). */
export function askedPlaces(count: number, of: number, random: () => number): number[] {
  const places = Array.from({ length: of }, (_, index) => index + 1);
  const drawn = Array.from({ length: count }, () => places.splice(Math.floor(random() * places.length), 1)[0]!);
  return drawn.sort((a, b) => a - b);
}

/** Which of the asked places were typed wrong; case and stray spaces do not matter. */
export const wrongPlaces = (words: readonly string[], typed: ReadonlyMap<number, string>): number[] =>
  [...typed].filter(([place, word]) => word.trim().toLowerCase() !== words[place - 1]).map(([place]) => place);
