import type { PostItem } from '@commonhold/sdk';
import { faultText } from '../components/Empty.tsx';
import { MenuItem } from '../components/Menu.tsx';
import { Note } from '../components/Note.tsx';
import { t } from '../i18n/index.ts';
import { client } from '../state/client.ts';
import { isHidden, markHidden } from '../state/notices.ts';
import { me, myPersona } from '../state/session.ts';
import { toast } from '../state/toast.ts';
import { t as words } from './words.ts';

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

/** What a steward may do about a post of somebody else: hide it in the house; and about any that is hidden: show it again. */
export function HouseItems({ item }: { item: PostItem }) {
  if (me.value?.role !== 'steward' || (item.persona === myPersona.value && !isHidden(item))) return null;
  return isHidden(item)
    ? <MenuItem icon="eye" onPick={() => void set(item, false)}>{t('post.unhide')}</MenuItem>
    : <MenuItem icon="veil" onPick={() => void set(item, true)}>{t('post.hide')}<small>{t('post.hide.text')}</small></MenuItem>;
}

/** Says on a post that the house hides it from others, and leads to whom to talk to. */
export function HiddenMark({ item }: { item: PostItem }) {
  if (!isHidden(item)) return null;
  return <Note kind="plain" icon="veil">{words(item.persona === myPersona.value ? 'hidden' : 'hidden.steward')} <a href="/house">{t('post.hidden.who')}</a></Note>;
}
