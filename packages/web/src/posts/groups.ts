import type { PostItem } from '@commonhold/sdk';
import { timeOf } from '../state/merge.ts';

/** What of a catch-up is shown. */
export const KINDS = ['all', 'posts', 'replies', 'boosts', 'pictures'] as const;
/** One of `KINDS`. */
export type Kind = typeof KINDS[number];

/** Everything that came from one person: what they wrote, or passed on. */
export interface Group { persona: string; items: PostItem[] }

const isOf: { readonly [kind in Kind]: (item: PostItem) => boolean } = {
  all: () => true,
  posts: ({ boost, body }) => !boost && !body.replyTo,
  replies: ({ boost, body }) => !boost && body.replyTo !== undefined,
  boosts: ({ boost }) => boost !== undefined,
  pictures: ({ body }) => body.images !== undefined,
};

/** Posts of a kind by who brought them, each newest first. `quiet`: whoever said least comes first, so that nobody drowns; else who spoke last. */
export function groupsOf(items: readonly PostItem[], kind: Kind, quiet: boolean): Group[] {
  const groups = Map.groupBy(items.filter(isOf[kind]), (item) => item.boost?.by ?? item.persona);
  const newest = ([, [first]]: [string, PostItem[]]): number => timeOf(first!);
  return [...groups].map(([persona, own]): [string, PostItem[]] => [persona, own.sort((a, b) => timeOf(b) - timeOf(a))])
    .sort((a, b) => (quiet ? a[1].length - b[1].length : 0) || newest(b) - newest(a)).map(([persona, own]) => ({ persona, items: own }));
}
