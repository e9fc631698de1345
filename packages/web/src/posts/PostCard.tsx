import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import type { PostItem } from '@commonhold/sdk';
import { Icon, type IconName } from '../components/Icon.tsx';
import { t, tx } from '../i18n/index.ts';
import { clock } from '../state/clock.ts';
import { known } from '../state/people.ts';
import { me, myPersona } from '../state/session.ts';
import { EditPost } from '../compose/EditPost.tsx';
import { idOf } from '../state/merge.ts';
import { editing } from '../state/posts.ts';
import { fullTime } from '../words/time.ts';
import { Edited } from './History.tsx';
import { BookmarkButton, BoostButton } from './HandOn.tsx';
import { HiddenMark } from './HouseItems.tsx';
import { BoostedBy, Counts, LikeButton, LikedBy } from './LikeButton.tsx';
import { addressOf, AudienceWord, FaceLink, homeOf, nameOf, When } from './parts.tsx';
import { PostBody } from './PostBody.tsx';
import { PostMenu } from './PostMenu.tsx';
import { WhyAnswer } from './Why.tsx';
import { t as words, tx as wordsX } from './words.ts';

const Line = ({ icon, children }: { icon: IconName; children: ComponentChildren }) => <p class="context"><span class="lead"><Icon name={icon} size="s" /></span><span>{children}</span></p>;

/** Why a post stands here: somebody passed it on, or it is pinned. */
function Lead({ item: { boost, pinned } }: { item: PostItem }) {
  if (boost) return <Line icon="boost">{boost.by === myPersona.value ? words('boosted.you') : wordsX('boosted', { name: <a href={homeOf(boost.by)}>{nameOf(boost.by)}</a> })}</Line>;
  return pinned ? <Line icon="pin">{words('pinned')}</Line> : null;
}

/** Its place among posts that were written in one go. */
export const Part = ({ item: { body: { part } } }: { item: PostItem }) => part
  ? <span class="tag part" title={words('part.text', part)}><span aria-hidden="true">{words('part', part)}</span><span class="vh">{words('part.text', part)}</span></span> : null;

/** Whom a post answers, above it. */
function Context({ item }: { item: PostItem }) {
  const parent = item.body.replyTo;
  if (!parent) return null;
  const own = parent.persona === item.persona;
  return <Line icon="reply">{own ? <a href={addressOf(parent)}>{t('post.replying.self')}</a> : tx('post.replying', { name: <a href={addressOf(parent)}>{nameOf(parent.persona)}</a> })}</Line>;
}

const LONG = 700;
const isLong = (text: string, most: number): boolean => text.length > most || text.split('\n').length > 12;

/** What a list of articles calls it: its words, or what to know before them. */
const labelOf = ({ body, persona }: PostItem): string => t('post.by', saidBy({ body, persona }));
const saidBy = ({ body, persona }: Pick<PostItem, 'body' | 'persona'>) => ({ name: nameOf(persona), when: fullTime(body.createdAt, clock), text: body.warning ?? body.text.slice(0, 80) });

/** The same of an answer, in a conversation: whom it answers, too. */
export const labelOfReply = (item: PostItem): string => t('post.by.to', { ...saidBy(item), to: nameOf(item.body.replyTo?.persona ?? '') });

/** Opens the conversation when the sheet itself is clicked: not a control on it, and not while words are being marked. */
function opensAt(event: MouseEvent): boolean {
  const on = event.target as Element;
  return event.button === 0 && !event.defaultPrevented && !on.closest('a, button, form, dialog, [role="menu"]') && !getSelection()?.toString();
}

/** Who wrote it, for whom, and when. */
function By({ item, focus }: { item: PostItem; focus: boolean }) {
  const who = known.value[item.persona];
  return (
    <div class="by">
      <FaceLink persona={item.persona} />
      <div class="grow">
        <a class="who" href={homeOf(item.persona)} dir="auto">{nameOf(item.persona)}</a>
        <span class="meta">{who && who.name !== who.handle ? <>@{who.handle} <span aria-hidden="true">·</span> </> : null}<AudienceWord audience={item.audience} />{focus || !item.body.editedAt ? null : <><span aria-hidden="true">·</span> <Edited item={item} /></>}</span>
      </div>
      <span class="corner">{focus ? null : <When item={item} id={`at-${item.key}`} />}<Part item={item} /></span>
    </div>
  );
}

interface CardProps { item: PostItem; focus?: boolean; context?: boolean; cutAt?: number; onReply?: () => void }

/** A post as a letter. `focus` is the one a conversation is about: larger, with its whole time, and not cut at `cutAt` characters. */
export function PostCard({ item, focus, context = true, cutAt = LONG, onReply }: CardProps) {
  const { route } = useLocation();
  const cut = !focus && isLong(item.body.text, cutAt);
  return (
    <article class={focus ? 'post focus' : 'post'} id={`post-${item.key}`} tabIndex={-1} aria-label={labelOf(item)}
      onClick={focus ? undefined : (event) => { if (opensAt(event)) route(addressOf(item)); }}>
      <Lead item={item} />
      {context ? <Context item={item} /> : null}
      <By item={item} focus={focus === true} />
      <HiddenMark item={item} />
      {editing.value === idOf(item) ? <EditPost item={item} /> : <PostBody item={item} cut={cut} />}
      {cut && !item.body.warning ? <a class="tap" href={addressOf(item)}>{t('post.open')}</a> : null}
      {focus ? <p class="facts"><time dateTime={new Date(item.body.createdAt).toISOString()}>{fullTime(item.body.createdAt, clock)}</time><Edited item={item} /></p> : null}
      <LikedBy item={item} /><BoostedBy item={item} /><Counts item={item} />
      <div class="acts">
        {me.value ? <ReplyButton item={item} {...(onReply ? { onReply } : {})} /> : null}
        <BoostButton item={item} /><LikeButton item={item} /><BookmarkButton item={item} />
        <span class="push"><PostMenu item={item} /></span>
      </div>
      <WhyAnswer item={item} />
    </article>
  );
}

/** Reply: opens the composer where it stands, or goes to the conversation with the composer ready. */
export function ReplyButton({ item, onReply }: { item: PostItem; onReply?: () => void }) {
  const label = t('post.reply.to', { name: nameOf(item.persona) });
  if (onReply) return <button type="button" class="icon-btn" data-act="reply" id={`reply-${item.key}`} aria-label={label} title={t('post.reply')} onClick={onReply}><Icon name="reply" /></button>;
  return <a class="icon-btn" data-act="reply" id={`reply-${item.key}`} href={`${addressOf(item)}?reply`} aria-label={label} title={t('post.reply')}><Icon name="reply" /></a>;
}
