import { useLocation } from 'preact-iso';
import type { PostItem } from '@commonhold/sdk';
import { Icon } from '../components/Icon.tsx';
import { t, tx } from '../i18n/index.ts';
import { clock } from '../state/clock.ts';
import { known } from '../state/people.ts';
import { me } from '../state/session.ts';
import { EditPost } from '../compose/EditPost.tsx';
import { idOf } from '../state/merge.ts';
import { editing } from '../state/posts.ts';
import { fullTime } from '../words/time.ts';
import { Edited } from './History.tsx';
import { LikeButton, LikedBy } from './LikeButton.tsx';
import { addressOf, AudienceWord, FaceLink, homeOf, nameOf, PostText, When } from './parts.tsx';
import { PostMenu } from './PostMenu.tsx';

/** Whom a post answers, above it. */
function Context({ item }: { item: PostItem }) {
  const parent = item.body.replyTo;
  if (!parent) return null;
  const words = parent.persona === item.persona
    ? <a href={addressOf(parent)}>{t('post.replying.self')}</a>
    : <span>{tx('post.replying', { name: <a href={addressOf(parent)}>{nameOf(parent.persona)}</a> })}</span>;
  return <p class="context"><span class="lead"><Icon name="reply" size="s" /></span>{words}</p>;
}

const LONG = 700;
const isLong = (text: string): boolean => text.length > LONG || text.split('\n').length > 12;

/** Opens the conversation when the sheet itself is clicked: not a control on it, and not while words are being marked. */
function opensAt(event: MouseEvent): boolean {
  const on = event.target as Element;
  return event.button === 0 && !event.defaultPrevented && !on.closest('a, button, form, [role="menu"]') && !getSelection()?.toString();
}

/** A post as a letter. `focus` is the one a conversation is about: larger, with its whole time, and not cut. */
export function PostCard({ item, focus, context = true, onReply }: { item: PostItem; focus?: boolean; context?: boolean; onReply?: () => void }) {
  const { route } = useLocation();
  const who = known.value[item.persona];
  const cut = !focus && isLong(item.body.text);
  return (
    <article class={focus ? 'post focus' : 'post'} aria-label={t('post.by', { name: nameOf(item.persona), when: fullTime(item.body.createdAt, clock), text: item.body.text.slice(0, 80) })}
      onClick={focus ? undefined : (event) => { if (opensAt(event)) route(addressOf(item)); }}>
      {context ? <Context item={item} /> : null}
      <div class="by">
        <FaceLink persona={item.persona} />
        <div class="grow">
          <a class="who" href={homeOf(item.persona)} dir="auto">{nameOf(item.persona)}</a>
          <span class="meta">{who && who.name !== who.handle ? <>@{who.handle} <span aria-hidden="true">·</span> </> : null}<AudienceWord audience={item.audience} />{focus || !item.body.editedAt ? null : <><span aria-hidden="true">·</span> <Edited item={item} /></>}</span>
        </div>
        {focus ? null : <When item={item} id={`at-${item.key}`} />}
      </div>
      {editing.value === idOf(item) ? <EditPost item={item} /> : <PostText item={item} cut={cut} />}
      {cut ? <a class="tap" href={addressOf(item)}>{t('post.open')}</a> : null}
      {focus ? <p class="facts"><time dateTime={new Date(item.body.createdAt).toISOString()}>{fullTime(item.body.createdAt, clock)}</time><Edited item={item} /></p> : null}
      <LikedBy item={item} />
      <div class="acts">
        {me.value ? <ReplyButton item={item} {...(onReply ? { onReply } : {})} /> : null}
        <LikeButton item={item} />
        <PostMenu item={item} />
      </div>
    </article>
  );
}

/** Reply: opens the composer where it stands, or goes to the conversation with the composer ready. */
export function ReplyButton({ item, onReply }: { item: PostItem; onReply?: () => void }) {
  const label = t('post.reply.to', { name: nameOf(item.persona) });
  if (onReply) return <button type="button" class="icon-btn" id={`reply-${item.key}`} aria-label={label} title={t('post.reply')} onClick={onReply}><Icon name="reply" /></button>;
  return <a class="icon-btn" id={`reply-${item.key}`} href={`${addressOf(item)}?reply`} aria-label={label} title={t('post.reply')}><Icon name="reply" /></a>;
}
