import { signal } from '@preact/signals';
import type { Audience, Image, PostItem } from '@commonhold/sdk';
import { client } from './client.ts';
import { changeInFeeds } from './feed.ts';
import { changeInThreads } from './thread.ts';

/** Which of one's own posts is being given other words, by id; null when none. */
export const editing = signal<string | null>(null);
/** The post whose earlier wordings are shown over the page, or null. */
export const historyOf = signal<PostItem | null>(null);
/** The post of which one says anew who may read it, or null. */
export const audienceOf = signal<PostItem | null>(null);

/** One's own poll of which one asks who voted how, or null. */
export const votesOf = signal<PostItem | null>(null);
/** One's own post of which one asks who likes and boosts it, and which of both stands first; or null. */
export const reactionsOf = signal<{ post: PostItem; first: 'like' | 'boost' } | null>(null);
/** One's own post of which one says who may quote it, or null. */
export const quotableOf = signal<PostItem | null>(null);
/** Somebody's post out of which one takes one's own, which it quotes, or null. */
export const quoteWithMine = signal<PostItem | null>(null);

/** Shows a post as it is now, wherever it stands. */
export function changed(item: PostItem): void {
  changeInFeeds(item);
  changeInThreads(item);
}

/** Gives one's own post other words, another warning, other words for its pictures. Throws what the house says. */
export async function rewordPost(item: PostItem, { text, warning, images }: { text: string; warning?: string; images?: readonly Image[] }): Promise<void> {
  changed(await client.microblog.edit(item.key, { text, warning: warning ?? null, ...(images ? { images: [...images] } : {}), ...(item.body.lang ? { lang: item.body.lang } : {}) }));
}

/** Says anew who may read one's own post. Throws what the house says. */
export async function readdressPost(item: PostItem, audience: Audience): Promise<void> {
  changed(await client.microblog.setAudience(item.key, audience));
}
