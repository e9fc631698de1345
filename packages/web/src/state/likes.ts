import { signal } from '@preact/signals';
import type { Likes, PostItem, Ref } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { idOf } from './merge.ts';
import { meet } from './people.ts';
import { makeToggle } from './toggle.ts';

const told = signal<ReadonlyMap<string, { likes?: Likes; boosts?: Likes }>>(new Map());

/** The hearts of the reader. */
export const likes = makeToggle({
  verb: 'like', of: (item) => item.liked,
  label: (yes, name) => t(yes ? 'unsent.like' : 'unsent.unlike', { name }), failed: (yes) => t(yes ? 'post.like.failed' : 'post.unlike.failed'),
});

/** Who likes one's own post, as last heard. */
export const likesOf = (item: PostItem): Likes | undefined => told.value.get(idOf(item))?.likes ?? item.likes;

/** Who passed one's own post on, as last heard. */
export const boostsOf = (item: PostItem): Likes | undefined => told.value.get(idOf(item))?.boosts ?? item.boosts;

/** Takes in the names on one's own post that came by the live stream. */
export function hearLikes(item: Ref & { likes?: Likes; boosts?: Likes }): void {
  const { likes: hearted, boosts } = item;
  if (!hearted && !boosts) return;
  meet(Object.fromEntries([...hearted?.people ?? [], ...boosts?.people ?? []].map((person) => [person.persona, person])));
  told.value = new Map(told.peek()).set(idOf(item), { ...told.peek().get(idOf(item)), ...(hearted ? { likes: hearted } : {}), ...(boosts ? { boosts } : {}) });
}
