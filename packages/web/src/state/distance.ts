import { signal } from '@preact/signals';
import type { Person } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { client } from './client.ts';
import { homeFeed, houseFeed } from './feed.ts';
import { directory } from './people.ts';
import { toast } from './toast.ts';
import { withUndo } from './undo.ts';

/** Somebody whose posts one does not want in one's lists; `until` in ms, null = until it is ended. */
export interface Mute { until: number | null }

/** Whom the reader has blocked since this page was opened: nothing of theirs is shown. The house keeps the whole list. */
export const blocked = signal<ReadonlySet<string>>(new Set());
/** Whom the reader has muted since then, or no more (null): what the house said before does not hold for them. */
export const muted = signal<ReadonlyMap<string, Mute | null>>(new Map());

/** Whether somebody's posts stay out of the reader's timelines. */
export const isHushed = (persona: string): boolean => blocked.value.has(persona) || Boolean(muted.value.get(persona));

const undos = new Map<string, () => boolean>();

function markBlocked(persona: string, yes: boolean): void {
  const next = new Set(blocked.peek());
  if (yes) next.add(persona);
  else next.delete(persona);
  blocked.value = next;
}

function markMuted(persona: string, mute: Mute | null | undefined): void {
  const next = new Map(muted.peek());
  if (mute === undefined) next.delete(persona);
  else next.set(persona, mute);
  muted.value = next;
}

/** What a change of distance is made of; `back` puts the screen as it was. */
interface Change { person: Person; text: string; failed: string; run: (keepalive: boolean) => Promise<unknown>; back: () => void }

function change({ person, text, failed, run, back }: Change): void {
  const ended = () => undos.delete(person.persona);
  const undo = withUndo({
    text, back: () => { ended(); back(); },
    run: (keepalive) => {
      ended();
      run(keepalive).catch(() => { back(); toast(failed); });
    },
  });
  undos.set(person.persona, undo);
}

/** Blocks in five seconds unless undone; nothing of theirs is on the screen from now on. `onBack` is called when it is undone. */
export function block(person: Person, onBack?: () => void): void {
  const { persona, name } = person;
  markBlocked(persona, true);
  change({
    person, text: t('person.blocked', { name }), failed: t('person.block.failed', { name }),
    run: (keepalive) => client.people.block(persona, { keepalive }).then(() => forget(persona)),
    back: () => { markBlocked(persona, false); onBack?.(); },
  });
}

/* Neither follows the other after a block, and the list of people has one fewer. */
function forget(persona: string): void {
  directory.value = directory.peek()?.filter((one) => one.persona !== persona) ?? null;
}

/** Mutes in five seconds unless undone, until a time (ms) or until it is ended (null). */
export function mute(person: Person, until: number | null, text: string, onBack?: () => void): void {
  const { persona, name } = person;
  const before = muted.peek().get(persona);
  markMuted(persona, { until });
  change({
    person, text, failed: t('person.mute.failed', { name }),
    run: (keepalive) => client.people.mute(persona, until ?? undefined, { keepalive }),
    back: () => { markMuted(persona, before); onBack?.(); },
  });
}

/* Posts that were kept away come in at their times. */
const welcomeBack = (persona: string): void => {
  void houseFeed().rewrite(persona, true).catch(() => undefined);
  void homeFeed().rewrite(persona, true).catch(() => undefined);
};

/** Ends a block, or takes it back while it can be undone. Throws what the house says. */
export async function unblock(persona: string): Promise<void> {
  if (undos.get(persona)?.()) return;
  await client.people.unblock(persona);
  markBlocked(persona, false);
  welcomeBack(persona);
}

/** Ends a mute, or takes it back while it can be undone. Throws what the house says. */
export async function unmute(persona: string): Promise<void> {
  if (undos.get(persona)?.()) return;
  await client.people.unmute(persona);
  markMuted(persona, null);
  welcomeBack(persona);
}
