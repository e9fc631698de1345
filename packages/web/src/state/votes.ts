import { signal } from '@preact/signals';
import type { PostItem } from '@commonhold/sdk';
import { t } from '../posts/words.ts';
import { idOf } from './merge.ts';
import { enqueue, unsent } from './outbox.ts';
import { known } from './people.ts';
import { changed } from './posts.ts';

/* What the reader chose on this page, for places that show a post as it came before. */
const chosen = signal<ReadonlyMap<string, readonly number[]>>(new Map());

const nameOf = (item: PostItem): string => `vote:${idOf(item)}`;
const onItsWay = (item: PostItem) => unsent.value.find(({ key }) => key === nameOf(item));

/** Whether the reader's vote has not reached the house yet. */
export const voteWaits = (item: PostItem): boolean => item.voted === undefined && onItsWay(item)?.state === 'waiting';

/** The answers that the reader chose in a poll, also while the vote waits for the house; undefined when they did not vote, or it was turned down. */
export function votedIn(item: PostItem): readonly number[] | undefined {
  const write = onItsWay(item);
  if (item.voted || write?.state === 'refused') return item.voted;
  return chosen.value.get(idOf(item)) ?? (write?.body as { choices: readonly number[] } | undefined)?.choices;
}

/** Votes; without the house the vote waits, and goes out by itself. Throws what the house says. */
export async function vote(item: PostItem, choices: readonly number[]): Promise<void> {
  const name = known.peek()[item.persona]?.name ?? item.persona;
  const outcome = await enqueue<PostItem>({
    key: nameOf(item), method: 'POST', path: `/microblog/posts/${item.persona}/${item.key}/vote`, body: { choices: [...choices] }, label: t('unsent.vote', { name }),
  });
  if (outcome.state === 'refused') throw outcome.error;
  chosen.value = new Map(chosen.peek()).set(idOf(item), choices);
  if (outcome.state === 'sent' && outcome.answer) changed(outcome.answer);
}
