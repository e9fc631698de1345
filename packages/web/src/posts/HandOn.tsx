import type { PostItem } from '@commonhold/sdk';
import { Icon } from '../components/Icon.tsx';
import { bookmarks, boosts } from '../state/handing.ts';
import { myPersona } from '../state/session.ts';
import { toast } from '../state/toast.ts';
import { nameOf } from './parts.tsx';
import { t } from './words.ts';

const mayBoost = ({ audience, persona, keptBy }: PostItem): boolean => (audience === 'house' || audience === 'everyone') && persona !== myPersona.value && keptBy === undefined;

async function setBoost(item: PostItem, yes: boolean): Promise<void> {
  if (await boosts.set(item, yes)) toast(t(yes ? 'boost.done' : 'boost.undone'));
}

/** Passes on what the house or everyone may read; nothing for visitors, nor on one's own post. */
export function BoostButton({ item }: { item: PostItem }) {
  if (!myPersona.value || !mayBoost(item)) return null;
  const on = boosts.is(item);
  return (
    <button type="button" data-act="boost" class={on ? 'icon-btn given' : 'icon-btn'} aria-pressed={on ? 'true' : 'false'} aria-label={t('boost.name', { name: nameOf(item.persona) })} title={t('boost')} onClick={() => void setBoost(item, !on)}>
      <Icon name="boost" />
    </button>
  );
}

/** Keeps a post to come back to. */
export function BookmarkButton({ item }: { item: PostItem }) {
  if (!myPersona.value) return null;
  const on = bookmarks.is(item);
  return (
    <button type="button" class={on ? 'icon-btn kept' : 'icon-btn'} aria-pressed={on ? 'true' : 'false'} aria-label={t('keep.name', { name: nameOf(item.persona) })} title={t('keep')} onClick={() => void bookmarks.set(item, !on)}>
      <Icon name="keep" />
    </button>
  );
}
