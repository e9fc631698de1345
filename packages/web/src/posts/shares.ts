/** How votes share out: for each answer its votes and its part of the voters in whole percent. With several choices the parts may be more than 100. */
export function sharesOf(options: readonly string[], counts: readonly number[] | undefined, voters: number | undefined): { votes: number; share: number }[] {
  const votes = options.map((_, i) => counts?.[i] ?? 0);
  const all = Math.max(voters ?? 0, ...votes);
  return votes.map((n) => ({ votes: n, share: all === 0 ? 0 : Math.round((n * 100) / all) }));
}
