import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PostItem } from '@commonhold/sdk';
import { Note } from '../components/Note.tsx';
import { t } from '../i18n/index.ts';

type Edit = ComponentType<{ item: PostItem }>;
let fetched: Promise<Edit> | null = null;

/** Other words for one's own post, where the post stands: fetched with the first edit. */
export function EditPost({ item }: { item: PostItem }) {
  const [state, set] = useState<{ Found: Edit | null; failed: boolean }>({ Found: null, failed: false });
  const load = () => {
    fetched ??= import('./edit/Edit.tsx').then((found) => found.Edit);
    fetched.then((Found) => set({ Found, failed: false }), () => { fetched = null; set({ Found: null, failed: true }); });
  };
  useEffect(load, []);
  if (state.failed) return <Note kind="bad" icon="away" alert action={{ label: t('retry'), run: load }}>{t('compose.more.failed')}</Note>;
  return state.Found ? <state.Found item={item} /> : <p class="text" aria-busy="true">{item.body.text}</p>;
}
