import { t } from '../i18n/index.ts';
import { dropToast, toast } from './toast.ts';

const UNDO_MS = 5000;
const waiting = new Set<(keepalive: boolean) => void>();

/** Something that happens in five seconds unless it is undone. `run` must send with `keepalive` when told: the page is going. */
export interface Undoable { text: string; run: (keepalive: boolean) => void; back: () => void }

/** Shows "text · Undo" for five seconds, then runs; leaving the page runs it at once. Answers what Undo does: false when it came too late. */
export function withUndo({ text, run, back }: Undoable): () => boolean {
  const go = (keepalive: boolean) => {
    if (!waiting.delete(go)) return;
    clearTimeout(timer);
    run(keepalive);
  };
  const timer = setTimeout(() => go(false), UNDO_MS);
  waiting.add(go);
  const undo = (): boolean => {
    if (!waiting.delete(go)) return false;
    clearTimeout(timer);
    dropToast(shown);
    back();
    return true;
  };
  const shown = toast(text, { label: t('undo'), run: undo }, UNDO_MS);
  return undo;
}

addEventListener('pagehide', () => { for (const go of waiting) go(true); });
