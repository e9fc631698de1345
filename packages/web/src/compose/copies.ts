import type { Draft as Body } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { client } from '../state/client.ts';
import { unsent } from '../state/outbox.ts';
import { toast } from '../state/toast.ts';
import { isEmpty, printOf, type Draft } from './draft.ts';
import { drafts } from './drafts.ts';
import { sent } from './sent.ts';

const PAUSE_MS = 2000;
/* So long after this window last heard of the house's copies, it asks whether another device wrote. */
const FRESH_MS = 30_000;

const timers = new Map<string, ReturnType<typeof setTimeout>>();
let askedAt = 0;

/** What the house keeps of a draft. */
export function bodyOf({ parts, audience, replyTo, quote, quotes, lang, poll }: Draft): Body {
  return {
    parts: parts.map(({ text, warning, images }) => ({ text, ...(warning ? { warning } : {}), ...(images?.length ? { images: [...images] } : {}) })), audience,
    ...(replyTo ? { replyTo } : {}), ...(quote ? { quote } : {}), ...(quotes ? { quotes } : {}), ...(lang ? { lang } : {}),
    ...(poll ? { poll: { ...poll, options: [...poll.options] } } : {}),
  };
}

/** Whether another device changed the house's copy since this one last had it: then both are kept. */
async function changedElsewhere({ id, saved, given }: Draft): Promise<boolean> {
  if (Date.now() - askedAt < FRESH_MS) return false;
  const { drafts: all } = await client.later.drafts();
  askedAt = Date.now();
  const there = all.find(({ key }) => key === id);
  return there !== undefined && there.updatedAt !== saved && printOf(there) !== given;
}

async function copy(persona: string, context: string): Promise<void> {
  const draft = drafts.now(persona, context);
  if (!draft || draft.updatedAt === draft.saved) return;
  if (isEmpty(draft)) {
    if (draft.saved !== undefined) await client.later.dropDraft(draft.id);
    return;
  }
  if (await changedElsewhere(draft)) {
    toast(t('compose.both'));
    drafts.rename(persona, context);
    return;
  }
  drafts.given(persona, context, draft.id, printOf(draft));
  const { updatedAt } = await client.later.keepDraft(draft.id, bodyOf(draft));
  if (sent.has(persona, draft.id)) void tidy(persona);
  else drafts.saved(persona, context, draft, updatedAt);
}

/** Gives the house a copy at once: what it names must not go before the house knows. */
export const copyNow = (persona: string, context: string): Promise<void> => copy(persona, context).catch(() => undefined);

/** Gives the house a copy of what is written in a context, once the writing pauses. Without the house it stays in this browser, until the next pause. */
export function copySoon(persona: string, context: string): void {
  const name = `${persona} ${context}`;
  clearTimeout(timers.get(name));
  timers.set(name, setTimeout(() => { copy(persona, context).catch(() => undefined); }, PAUSE_MS));
}

/**
 * Lets go of the house's copies of what is posted by now. What still waits in the queue keeps its copy, and its
 * pictures; `posted`: the key of one that does not.
 */
export async function tidy(persona: string, posted?: string): Promise<void> {
  for (const { id, key } of sent.all(persona)) {
    if (key !== posted && unsent.peek().some((write) => write.key === key)) continue;
    try {
      await client.later.dropDraft(id);
      sent.remove(persona, id);
    } catch { return; /* the house does not answer: the next time */ }
  }
}
