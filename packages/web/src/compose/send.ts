import { batch } from '@preact/signals';
import { ApiError, type PostItem } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { client } from '../state/client.ts';
import { homeFeed, houseFeed, openPersonFeeds } from '../state/feed.ts';
import { addToThreads } from '../state/thread.ts';
import { toast } from '../state/toast.ts';
import { withUndo } from '../state/undo.ts';
import { undoPosts } from '../state/undoPosts.ts';
import type { Draft } from './draft.ts';
import { drafts, shelf } from './drafts.ts';
import { makeOut, type Out } from './out.ts';
import { faultOf, isShown, type Fault } from './sending.ts';

const out = makeOut(shelf);

/* The house knows a key for a day: what has waited longer could be posted twice, so it is asked about. */
const KEY_LIVES_MS = 20 * 3_600_000;
/* Another window may still hold it back for its Undo. */
const HELD_MS = 10_000;

function why(error: unknown): Fault {
  if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500) return { text: t('compose.failed'), as: 'again' };
  if (error.code === 'key_reused' || error.code === 'post_removed') return { text: t('compose.arrived'), as: 'too' };
  return { text: t('compose.refused', { detail: error.detail }), as: 'again' };
}

/** Puts one's own posts where they belong on the screen. */
function place(items: readonly PostItem[]): void {
  for (const item of items) {
    for (const feed of [homeFeed(), houseFeed(), ...openPersonFeeds(item.persona)]) feed.add(item);
    addToThreads(item);
  }
}

const post = async ({ key, parts: [{ text }], audience, lang, replyTo }: Draft, keepalive: boolean): Promise<PostItem[]> =>
  [await client.microblog.post({ text: text.trim(), audience, ...(replyTo ? { replyTo } : {}), ...(lang ? { lang } : {}) }, key, { keepalive })];

/** Puts a draft back where it was written, with why; where nobody sees that, it is said at the foot of the screen. */
function giveBack(persona: string, context: string, draft: Draft, fault: Fault): void {
  const where = drafts.giveBack(persona, context, draft);
  faultOf(where).value = fault;
  if (!isShown(where)) toast(fault.text, { label: t(`compose.${fault.as}`), run: () => sendAgain(persona, where, fault) });
}

async function deliver(persona: string, { context, draft }: Out, keepalive = false): Promise<void> {
  try {
    const items = await post(draft, keepalive);
    batch(() => {
      out.remove(persona, draft);
      place(items);
    });
    if (!isShown(context)) toast(t('compose.sent'));
  } catch (error) {
    out.remove(persona, draft);
    giveBack(persona, context, draft, why(error));
  }
}

/** Sends what is written in a context: five seconds from now, unless it is undone, where the reader wants that. A second call finds nothing. Answers whether something left. */
export function send(persona: string, context: string): boolean {
  const written = drafts.take(persona, context);
  if (!written) return false;
  const sent = { context, draft: written, since: Date.now() };
  faultOf(context).value = null;
  out.add(persona, sent);
  if (!undoPosts.peek()) {
    void deliver(persona, sent);
    return true;
  }
  withUndo({
    text: t('compose.going', { who: t(`audience.${written.audience}`) }),
    run: (keepalive) => void deliver(persona, sent, keepalive),
    back: () => {
      out.remove(persona, written);
      drafts.giveBack(persona, context, written);
    },
  });
  return true;
}

/** Sends once more what came back: under its key, or, where that one is used up, as another post. */
export function sendAgain(persona: string, context: string, { as }: Fault): void {
  if (as === 'too') drafts.rekey(persona, context);
  send(persona, context);
}

/** Sends what an earlier window left on its way. What the house may have forgotten about comes back as a draft. */
export function resume(persona: string): void {
  for (const left of out.waiting(persona)) {
    const age = Date.now() - left.since;
    if (age < HELD_MS) setTimeout(() => resume(persona), HELD_MS);
    else if (age < KEY_LIVES_MS) void deliver(persona, left);
    else {
      out.remove(persona, left.draft);
      giveBack(persona, left.context, left.draft, { text: t('compose.old'), as: 'again' });
    }
  }
}
