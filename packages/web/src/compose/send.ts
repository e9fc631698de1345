import { batch, signal, type Signal } from '@preact/signals';
import { ApiError, type PostItem, type Ref } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { client } from '../state/client.ts';
import { homeFeed, houseFeed, openPersonFeeds } from '../state/feed.ts';
import { drafts } from './drafts.ts';

/** How the sending of one draft stands. */
export interface Sending { busy: boolean; fault: string | null }

const sendings = new Map<string, Signal<Sending>>();

/** The state of sending a context; everyone who shows its composer shares it. */
export function sendingOf(context: string): Signal<Sending> {
  let found = sendings.get(context);
  if (!found) sendings.set(context, found = signal<Sending>({ busy: false, fault: null }));
  return found;
}

const faultOf = (error: unknown): string =>
  error instanceof ApiError && error.status !== 0 && error.status < 500 ? t('compose.refused', { detail: error.detail }) : t('compose.failed');

/** Puts one's own post where it belongs on the screen. */
function place(item: PostItem): void {
  for (const feed of [homeFeed(), houseFeed(), ...openPersonFeeds(item.persona)]) feed.add(item);
}

/** Sends the draft of a context once; a second call while it is under way does nothing. Answers the post, or null. */
export async function send(persona: string, context: string, replyTo?: Ref): Promise<PostItem | null> {
  const sending = sendingOf(context);
  const { text, audience, key } = drafts.get(persona, context, 'house').peek();
  if (sending.peek().busy || text.trim() === '') return null;
  sending.value = { busy: true, fault: null };
  drafts.tried(persona, context);
  try {
    const item = await client.microblog.post({ text: text.trim(), audience, ...(replyTo ? { replyTo } : {}) }, key);
    batch(() => {
      drafts.done(persona, context);
      place(item);
      sending.value = { busy: false, fault: null };
    });
    return item;
  } catch (error) {
    sending.value = { busy: false, fault: faultOf(error) };
    return null;
  }
}
