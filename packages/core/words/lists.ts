/**
 * Lists in words, as Intl.ListFormat makes them, at a hundredth of its price: a hostile contract has thousands of rules.
 * `last`: what stands before the last one; `oxford`: with a comma, where there are three or more.
 */
export const listing = (last: string, oxford: boolean): { format(items: readonly string[]): string } => ({
  format: (items) => {
    if (items.length < 2) return items[0] ?? '';
    return `${items.slice(0, -1).join(', ')}${oxford && items.length > 2 ? ',' : ''} ${last} ${items.at(-1)!}`;
  },
});
