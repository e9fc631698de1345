import { useLocation } from 'preact-iso';
import type { PostItem } from '@commonhold/sdk';
import { faultText } from '../components/Empty.tsx';
import { Icon } from '../components/Icon.tsx';
import { Menu, MenuItem } from '../components/Menu.tsx';
import { redraft } from '../compose/redraft.ts';
import { t } from '../i18n/index.ts';
import { client } from '../state/client.ts';
import { openPersonFeeds } from '../state/feed.ts';
import { removePost, stopKeeping } from '../state/gone.ts';
import { idOf } from '../state/merge.ts';
import { audienceOf, editing, quotableOf, quoteWithMine } from '../state/posts.ts';
import { myPersona } from '../state/session.ts';
import { toast } from '../state/toast.ts';
import { openQuote } from '../state/writing.ts';
import { copyText } from '../words/clipboard.ts';
import { DistanceItems } from './DistanceItems.tsx';
import { MuteItem } from './HandOn.tsx';
import { HouseItems } from './HouseItems.tsx';
import { addressOf, nameOf } from './parts.tsx';
import { WhyItem } from './Why.tsx';
import { t as words } from './words.ts';

/* A handle is for housemates; a post for everyone is linked by the id that outsiders can follow too. */
const linkTo = (item: PostItem): string => item.audience === 'everyone' ? `/@${item.persona}/${item.key}` : addressOf(item);

async function copyLink(item: PostItem): Promise<void> {
  if (await copyText(new URL(linkTo(item), location.origin).href)) toast(t('post.copied'));
}

/** After the next frame, when the sheet is gone or back. */
const focusNext = (to: () => HTMLElement | null | undefined): void => { requestAnimationFrame(() => to()?.focus({ preventScroll: true })); };

/** Where the focus goes when this post leaves the screen, and how it comes back with it. */
function leaving(item: PostItem): { left: () => void; back: () => void } {
  const all = [...document.querySelectorAll<HTMLElement>('#main a.when')];
  const at = all.findIndex(({ id }) => id === `at-${item.key}`);
  const neighbour = () => at === -1 ? undefined : [...all.slice(at + 1), ...all.slice(0, at).reverse()].find((link) => link.isConnected);
  return {
    left: () => focusNext(() => document.getElementById(`at-${item.key}`) ? null : neighbour() ?? document.querySelector<HTMLElement>('#main h1')),
    back: () => focusNext(() => document.getElementById(`at-${item.key}`)),
  };
}

/** Deletes; the focus goes to a neighbour, and comes back with the post. */
function remove(item: PostItem): void {
  const { left, back } = leaving(item);
  removePost(item, back);
  left();
}

/** Deletes, and brings the words back to the composer they came from. */
function writeAnew(item: PostItem, route: (to: string) => void): void {
  const { left, back } = leaving(item);
  redraft(item, route, back);
  left();
}

/** Keeps somebody's reply under one's own post no more. */
function letGo(item: PostItem): void {
  const { left, back } = leaving(item);
  stopKeeping(item, t('person.kept.stopped', { name: nameOf(item.persona) }), back);
  left();
}

/** Puts one's own post on top of one's page, or takes it from there. */
async function pinPost(item: PostItem): Promise<void> {
  try {
    await (item.pinned ? client.microblog.unpin(item.key) : client.microblog.pin(item.key));
    toast(t(item.pinned ? 'person.unpinned' : 'person.pinned'));
    for (const feed of openPersonFeeds(item.persona)) void feed.load();
  } catch (error) {
    toast(faultText(error));
  }
}

/** What can be done with a post of one's own. */
function Own({ item }: { item: PostItem }) {
  const { route } = useLocation();
  const far = item.audience === 'house' || item.audience === 'everyone';
  return (
    <>
      <MenuItem icon="pen" onPick={() => { editing.value = idOf(item); }}>{t('post.edit')}</MenuItem>
      {item.keptBy ? null : <MenuItem icon="eye" onPick={() => { audienceOf.value = item; }}>{t('readdress')}<small>{t('readdress.now', { who: t(`audience.${item.audience}`) })}</small></MenuItem>}
      {item.keptBy || !far ? null : <MenuItem icon="quote" onPick={() => { quotableOf.value = item; }}>{t('compose.add.quotes')}</MenuItem>}
      {far ? <MenuItem icon="search" onPick={() => route(`${addressOf(item)}/quotes`)}>{words('quotes')}</MenuItem> : null}
      {far ? <MenuItem icon="pin" onPick={() => void pinPost(item)}>{t(item.pinned ? 'person.unpin' : 'person.pin')}<small>{t(item.pinned ? 'person.unpin.text' : 'person.pin.text')}</small></MenuItem> : null}
      <MenuItem icon="retry" onPick={() => writeAnew(item, route)}>{t('post.redraft')}<small>{t('post.redraft.text')}</small></MenuItem>
      <MenuItem icon="trash" tone="danger" onPick={() => remove(item)}>{t('post.delete')}</MenuItem>
    </>
  );
}

/** What can be done with somebody else's post. */
function Theirs({ item, me }: { item: PostItem; me: string }) {
  const quotesMine = item.body.quote?.persona === me && item.quoted?.state === 'shown';
  return (
    <>
      {quotesMine ? <MenuItem icon="minus" onPick={() => { quoteWithMine.value = item; }}>{t('post.withdraw')}</MenuItem> : null}
      {item.keptBy === me ? <MenuItem icon="close" onPick={() => letGo(item)}>{t('person.kept.stop')}<small>{t('person.kept.stop.text')}</small></MenuItem> : null}
      <DistanceItems persona={item.persona} post={item} leaving={() => leaving(item)} />
    </>
  );
}

/** What else can be done with a post. */
export function PostMenu({ item }: { item: PostItem }) {
  const me = myPersona.value;
  return (
    <Menu id={`more-${item.key}`} label={t('post.more', { name: nameOf(item.persona) })} button={<Icon name="more" />}>
      <MenuItem icon="link" onPick={() => void copyLink(item)}>{t('post.copy')}</MenuItem>
      {item.mayQuote ? <MenuItem icon="quote" onPick={() => openQuote(item)}>{t('post.quote')}</MenuItem> : null}
      <WhyItem item={item} />
      {me ? <MuteItem item={item} /> : null}
      <HouseItems item={item} />
      {me === item.persona ? <Own item={item} /> : me ? <Theirs item={item} me={me} /> : null}
    </Menu>
  );
}
