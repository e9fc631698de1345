import { signal } from '@preact/signals';
import type { Likes, PostItem, Ref } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { idOf } from './merge.ts';
import { enqueue, wishOf } from './outbox.ts';
import { known, meet } from './people.ts';
import { toast } from './toast.ts';

const wishKey = (id: string): string => `like:${id}`;
/* A like made offline is one, also after a reload. */
function waitingWish(id: string): boolean | undefined {
  const wish = wishOf(wishKey(id));
  return wish === undefined ? undefined : wish === 'PUT';
}

/* What the reader wants, by post: newer than what came with the post. */
const wanted = signal<ReadonlyMap<string, boolean>>(new Map());
const told = signal<ReadonlyMap<string, Likes>>(new Map());
const sending = new Set<string>();

/** Whether the reader likes a post. */
export const isLiked = (item: PostItem): boolean => wanted.value.get(idOf(item)) ?? waitingWish(idOf(item)) ?? item.liked;

/** Who likes one's own post, as last heard. */
export const likesOf = (item: PostItem): Likes | undefined => told.value.get(idOf(item)) ?? item.likes;

/** Takes in the names on one's own post that came by the live stream. */
export function hearLikes(item: Ref & { likes?: Likes }): void {
  if (!item.likes) return;
  meet(Object.fromEntries(item.likes.people.map((person) => [person.persona, person])));
  told.value = new Map(told.peek()).set(idOf(item), item.likes);
}

const want = (id: string, yes: boolean): void => { wanted.value = new Map(wanted.peek()).set(id, yes); };

/* Throws what the house says; a wish that waits for the house is as good as granted. */
async function send(post: Ref, yes: boolean): Promise<void> {
  const name = known.peek()[post.persona]?.name ?? t('post.someone');
  const outcome = await enqueue({
    key: wishKey(idOf(post)), method: yes ? 'PUT' : 'DELETE', path: `/microblog/posts/${post.persona}/${post.key}/like`, label: t(yes ? 'unsent.like' : 'unsent.unlike', { name }),
  });
  if (outcome.state === 'refused') throw outcome.error;
}

/** Likes, or no more: shown at once. One question at a time for each post; the last wish is the one that stays. When the house says no, it goes back, with a sentence. */
export async function setLike(item: PostItem, yes: boolean): Promise<void> {
  const id = idOf(item);
  let sure = isLiked(item);
  want(id, yes);
  if (sending.has(id)) return;
  sending.add(id);
  try {
    for (let next = yes; next !== sure; next = wanted.peek().get(id) ?? sure) {
      await send({ persona: item.persona, key: item.key }, next);
      sure = next;
    }
  } catch {
    want(id, sure);
    toast(t(yes ? 'post.like.failed' : 'post.unlike.failed'));
  } finally {
    sending.delete(id);
  }
}
