/** One thing measured twice in one breath: of the house and of the bare server. */
export interface Pair { house: number; bare: number }

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Medians of each side, and of the ratios within the pairs: a slow moment of the machine falls on both of a pair. */
export const summary = (pairs: readonly Pair[]): { house: number; bare: number; ratio: number } => ({
  house: median(pairs.map(({ house }) => house)), bare: median(pairs.map(({ bare }) => bare)), ratio: median(pairs.map(({ house, bare }) => house / bare)),
});

/** Runs both by turns, whoever was second going first the next time. The first round warms up and does not count. */
export async function alternate<T>(rounds: number, house: () => Promise<T>, bare: () => Promise<T>): Promise<{ house: T; bare: T }[]> {
  const found: { house: T; bare: T }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const bareFirst = round % 2 === 0 ? await bare() : null;
    const ofHouse = await house();
    const ofBare = bareFirst ?? await bare();
    if (round > 0) found.push({ house: ofHouse, bare: ofBare });
  }
  return found;
}
