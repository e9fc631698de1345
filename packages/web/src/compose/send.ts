import { batch } from '@preact/signals';
import type { ApiError, PostItem, Scheduled } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { client } from '../state/client.ts';
import { homeFeed, houseFeed, openPersonFeeds } from '../state/feed.ts';
import { enqueue, onSent, unsent } from '../state/outbox.ts';
import { myPersona } from '../state/session.ts';
import { addToThreads } from '../state/thread.ts';
import { toast } from '../state/toast.ts';
import { withUndo } from '../state/undo.ts';
import { undoPosts } from '../state/undoPosts.ts';
import { asking } from './body.ts';
import type { Draft } from './draft.ts';
import { drafts, shelf } from './drafts.ts';
import { makeOut, type Out } from './out.ts';
import { faultOf, isShown, type Fault } from './sending.ts';
import { sent } from './sent.ts';

const out = makeOut(shelf);

interface Thread { items: PostItem[] }

/* The house knows a key for a day: what has waited longer could be posted twice, so it is asked about. */
const KEY_LIVES_MS = 20 * 3_600_000;
/* Another window may still hold it back for its Undo. */
const HELD_MS = 10_000;

function why(error: ApiError): Fault {
  if (error.status === 0 || error.status >= 500) return { text: t('compose.failed'), as: 'again' };
  if (error.code === 'key_reused' || error.code === 'post_removed') return { text: t('compose.arrived'), as: 'too' };
  return { text: t('compose.refused', { detail: error.detail }), as: 'again' };
}

/* The answer is one post, or several in a row; none where it goes out later, or another window has it. */
const itemsOf = (answer: PostItem | Thread | Scheduled | undefined): readonly PostItem[] => answer === undefined || 'due' in answer ? [] : 'items' in answer ? answer.items : [answer];

const labelOf = ({ parts }: Draft): string => parts.map(({ text }) => text.trim()).find((text) => text !== '')?.slice(0, 120) ?? t('compose.wordless');

/** Puts one's own posts where they belong on the screen. */
function place(items: readonly PostItem[]): void {
  for (const item of items) {
    for (const feed of [homeFeed(), houseFeed(), ...openPersonFeeds(item.persona)]) feed.add(item);
    addToThreads(item);
  }
}

/* What waited since before a reload is placed when it goes out, though nobody waits for the answer any more. */
onSent((answer) => {
  const items = typeof answer === 'object' && answer !== null ? itemsOf(answer as PostItem | Thread | Scheduled) : [];
  batch(() => place(items.filter((item) => 'body' in item && item.persona === myPersona.peek())));
});

/** Puts a draft back where it was written, with why; where nobody sees that, it is said at the foot of the screen. */
function giveBack(persona: string, context: string, draft: Draft, fault: Fault): void {
  const where = drafts.giveBack(persona, context, draft);
  faultOf(where).value = fault;
  if (!isShown(where)) toast(fault.text, { label: t(`compose.${fault.as}`), run: () => sendAgain(persona, where, fault) });
}

async function deliver(persona: string, { context, draft }: Out, leaving = false): Promise<void> {
  const { path, body } = asking(draft);
  // Nothing but a request outlives the page: if that one is lost too, what was kept goes out at the next start.
  if (leaving) { void client.microblog.postAs(path, body, draft.key, { keepalive: true }).then(() => out.remove(persona, draft), () => undefined); return; }
  const outcome = await enqueue<PostItem | Thread | Scheduled>({ key: draft.key, method: 'POST', path, body, label: labelOf(draft), context });
  if (outcome.state === 'waiting' && !unsent.peek().some(({ key }) => key === draft.key)) return;
  out.remove(persona, draft);
  if (outcome.state === 'refused') { giveBack(persona, context, draft, why(outcome.error)); return; }
  if (draft.saved !== undefined) sent.add(persona, draft);
  if (outcome.state !== 'sent') return;
  void import('./copies.ts').then(({ tidy }) => tidy(persona, draft.key), () => undefined);
  batch(() => place(itemsOf(outcome.answer)));
  if (draft.due !== undefined) toast(t('compose.waits'));
  else if (!isShown(context)) toast(t('compose.sent'));
}

/** Sends what is written in a context: five seconds from now, unless it is undone, where the reader wants that. A second call finds nothing. Answers whether something left. */
export function send(persona: string, context: string): boolean {
  const written = drafts.take(persona, context);
  if (!written) return false;
  const going = { context, draft: written, since: Date.now() };
  faultOf(context).value = null;
  out.add(persona, going);
  if (!undoPosts.peek()) {
    void deliver(persona, going);
    return true;
  }
  withUndo({
    text: t(written.due === undefined ? 'compose.going' : 'compose.going.later', { who: t(`audience.${written.audience}`) }),
    run: (leaving) => void deliver(persona, going, leaving),
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
