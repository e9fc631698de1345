import { t } from '../i18n/index.ts';
import { toast } from '../state/toast.ts';
import { isDraftName, type Shelf } from './rack.ts';
import { makeDrafts } from './store.ts';

const nothing: Shelf = { getItem: () => null, setItem: () => {}, removeItem: () => {}, names: () => [] };

function findShelf(): Shelf {
  try {
    const kept = localStorage;
    return {
      getItem: (name) => kept.getItem(name), setItem: (name, value) => kept.setItem(name, value), removeItem: (name) => kept.removeItem(name),
      names: () => Object.keys(kept),
    };
  } catch {
    return nothing;
  }
}

/** Where this browser keeps things between visits, if it does. */
export const shelf = findShelf();
/** The drafts of this browser. */
export const drafts = makeDrafts(shelf, { onAside: () => toast(t('compose.both')) });

addEventListener('storage', ({ key, storageArea }) => { if (key !== null && isDraftName(key) && storageArea === localStorage) drafts.hear(key); });
addEventListener('pageshow', () => drafts.wake());
document.addEventListener('visibilitychange', () => { if (!document.hidden) drafts.wake(); });
