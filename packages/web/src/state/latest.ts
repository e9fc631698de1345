/**
 * Counts questions about the same thing. Each turn answers whether its question is still the newest: an older answer that comes
 * later must not take the place of a newer one.
 */
export function makeTurns(): () => () => boolean {
  let last = 0;
  return () => {
    const mine = ++last;
    return () => mine === last;
  };
}
