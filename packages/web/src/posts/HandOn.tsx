import type { PostItem } from '@commonhold/sdk';
import { IconButton } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { MenuItem } from '../components/Menu.tsx';
import { t as common } from '../i18n/index.ts';
import { bookmarks, boosts, mutes } from '../state/handing.ts';
import { myPersona } from '../state/session.ts';
import { toast } from '../state/toast.ts';
import { nameOf } from './parts.tsx';
import { t } from './words.ts';

const mayBoost = ({ audience, keptBy }: PostItem): boolean => (audience === 'house' || audience === 'everyone') && keptBy === undefined;

async function setBoost(item: PostItem, yes: boolean): Promise<void> {
  if (await boosts.set(item, yes)) toast(t(yes ? 'boost.done' : 'boost.undone'));
}

/** Passes on what the house or everyone may read, one's own posts too: once more, for whoever missed them. Nothing for visitors. */
export function BoostButton({ item }: { item: PostItem }) {
  if (!myPersona.value || !mayBoost(item)) return null;
  const on = boosts.is(item);
  return (
    <button type="button" data-act="boost" class={on ? 'icon-btn given' : 'icon-btn'} aria-pressed={on ? 'true' : 'false'} aria-label={t('boost.name', { name: nameOf(item.persona) })} title={t('boost')} onClick={() => void setBoost(item, !on)}>
      <Icon name="boost" />
    </button>
  );
}

/** Stops the news of a conversation, or lets them come again. */
async function setMute(item: PostItem, yes: boolean): Promise<void> {
  if (!await mutes.set(item, yes)) return;
  if (yes) toast(t('mute.done'), { label: common('undo'), run: () => void setMute(item, false) });
  else toast(t('mute.undone'));
}

/** Whether the reader hears of the conversation that a post is of: a choice of its menu. */
export function MuteItem({ item }: { item: PostItem }) {
  return mutes.is(item)
    ? <MenuItem icon="bell" onPick={() => void setMute(item, false)}>{t('unmute')}</MenuItem>
    : <MenuItem icon="hush" onPick={() => void setMute(item, true)}>{t('mute')}<small>{t('mute.text')}</small></MenuItem>;
}

/** The same at the head of a conversation. */
export function MuteButton({ item }: { item: PostItem }) {
  if (!myPersona.value) return null;
  const on = mutes.is(item);
  return <IconButton icon={on ? 'hush' : 'bell'} label={t(on ? 'unmute' : 'mute')} onClick={() => void setMute(item, !on)} />;
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
