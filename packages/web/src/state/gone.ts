import { signal } from '@preact/signals';
import { t } from '../i18n/index.ts';
import type { PostItem, Ref } from '@commonhold/sdk';
import { client } from './client.ts';
import { blocked } from './distance.ts';
import { idOf } from './merge.ts';
import { toast } from './toast.ts';
import { withUndo } from './undo.ts';

/** Posts that are deleted or about to be: no list shows them. */
export const gone = signal<ReadonlySet<string>>(new Set());

/** Whether a post is not to be shown: deleted, or by somebody the reader has blocked. */
export const isGone = (ref: Ref): boolean => gone.value.has(idOf(ref)) || blocked.value.has(ref.persona);

function setGone(id: string, yes: boolean): void {
  const next = new Set(gone.peek());
  if (yes) next.add(id);
  else next.delete(id);
  gone.value = next;
}

/** Hides a reply that one keeps for others, and keeps it no more in five seconds, unless undone: then it calls `onBack`. */
export function stopKeeping(item: PostItem, text: string, onBack: () => void): void {
  const id = idOf(item);
  setGone(id, true);
  withUndo({
    text, back: () => { setGone(id, false); onBack(); },
    run: (keepalive) => {
      client.microblog.removeKept(item, { keepalive }).catch(() => { setGone(id, false); toast(t('post.delete.failed')); });
    },
  });
}

/** Hides one's own post now and deletes it in five seconds, unless undone: then it calls `onBack`. */
export function removePost(item: PostItem, onBack: () => void): void {
  const id = idOf(item);
  setGone(id, true);
  withUndo({
    text: t('post.deleted'),
    back: () => { setGone(id, false); onBack(); },
    run: (keepalive) => {
      client.microblog.remove(item.key, { keepalive }).catch(() => {
        setGone(id, false);
        toast(t('post.delete.failed'));
      });
    },
  });
}
