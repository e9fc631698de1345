import { signal } from '@preact/signals';
import type { PostItem } from '@commonhold/sdk';
import { client } from './client.ts';
import { changed } from './posts.ts';
import { idOf } from './merge.ts';

/* What the reader chose on this page, for places that show a post as it came before. */
const chosen = signal<ReadonlyMap<string, readonly number[]>>(new Map());

/** The answers that the reader chose in a poll; undefined when they did not vote. */
export const votedIn = (item: PostItem): readonly number[] | undefined => item.voted ?? chosen.value.get(idOf(item));

/** Votes. Throws what the house says. */
export async function vote(item: PostItem, choices: readonly number[]): Promise<void> {
  const after = await client.microblog.vote({ persona: item.persona, key: item.key }, choices);
  chosen.value = new Map(chosen.peek()).set(idOf(item), choices);
  changed(after);
}
