import type { PostItem } from '@commonhold/sdk';
import { faultText } from '../components/Empty.tsx';
import { Icon } from '../components/Icon.tsx';
import { MenuItem } from '../components/Menu.tsx';
import { t } from '../i18n/index.ts';
import { client } from '../state/client.ts';
import { isHidden, markHidden } from '../state/notices.ts';
import { me, myPersona } from '../state/session.ts';
import { toast } from '../state/toast.ts';

async function set(item: PostItem, hidden: boolean): Promise<void> {
  try {
    await (hidden ? client.care.hide(item) : client.care.show(item));
    markHidden(item, hidden);
    if (hidden) toast(t('post.hid'), { label: t('undo'), run: () => void set(item, false) });
    else toast(t('post.unhid'));
  } catch (error) {
    toast(faultText(error));
  }
}

/** What a steward may do about a post: hide it in the house, or show it again. */
export function HouseItems({ item }: { item: PostItem }) {
  if (me.value?.role !== 'steward') return null;
  return isHidden(item)
    ? <MenuItem icon="eye" onPick={() => void set(item, false)}>{t('post.unhide')}</MenuItem>
    : <MenuItem icon="hush" onPick={() => void set(item, true)}>{t('post.hide')}<small>{t('post.hide.text')}</small></MenuItem>;
}

/** Says on a post that the house hides it from others. */
export function HiddenMark({ item }: { item: PostItem }) {
  if (!isHidden(item)) return null;
  return <p class="hidden-mark t-14"><Icon name="hush" size="s" /><span>{t(item.persona === myPersona.value ? 'post.hidden.mine' : 'post.hidden')} <a href="/house">{t('post.hidden.who')}</a></span></p>;
}
