import { linkify } from '@commonhold/core';
import type { Audience, PostItem, Ref } from '@commonhold/sdk';
import { Face, type FaceSize } from '../components/face/Face.tsx';
import { Icon } from '../components/Icon.tsx';
import { t } from '../i18n/index.ts';
import { clock, now } from '../state/clock.ts';
import { idOf } from '../state/merge.ts';
import { isOpen, setOpen } from '../state/opened.ts';
import { known } from '../state/people.ts';
import { me } from '../state/session.ts';
import { SIGN } from '../words/audience.ts';
import { cutTagTail } from '../words/tagTail.ts';
import { ago, fullTime } from '../words/time.ts';
import { t as words } from './words.ts';

/** Address of a post in this app. */
export const addressOf = (ref: Ref): string => `/@${known.value[ref.persona]?.handle ?? ref.persona}/${ref.key}`;
/** Address of a person. */
export const homeOf = (persona: string): string => `/@${known.value[persona]?.handle ?? persona}`;
/** Name of a person, or "Someone". */
export const nameOf = (persona: string): string => known.value[persona]?.name ?? t('post.someone');

/** A face that leads to its person; the name beside it is the link that is read out. */
export const FaceLink = ({ persona, size }: { persona: string; size?: FaceSize }) =>
  <a class="av-link" href={homeOf(persona)} tabIndex={-1} aria-hidden="true"><Face persona={persona} {...(size ? { size } : {})} /></a>;

/** Icon, word and colour of an audience. */
export const AudienceWord = ({ audience }: { audience: Audience }) =>
  <span class={`trust ${SIGN[audience].tone}`} title={t(`post.audience.${audience}`)}><Icon name={SIGN[audience].icon} />{t(`audience.${audience}`)}</span>;

/** When a post was written, as a link to its conversation. */
export function When({ item, id }: { item: PostItem; id?: string }) {
  const ms = item.body.createdAt;
  const whole = fullTime(ms, clock);
  return <a class="when" id={id} href={addressOf(item)} title={whole}><time dateTime={new Date(ms).toISOString()}>{ago(ms, now.value, clock)}</time></a>;
}

/** Address of the posts with a tag. */
export const tagHref = (tag: string): string => `/tag/${encodeURIComponent(tag)}`;

/* Only whom the house knew when it was written; a name that came later leads nowhere. */
const leads = (handle: string, mentions: readonly string[] | undefined): boolean =>
  mentions !== undefined && (mentions.some((persona) => known.value[persona]?.handle === handle) || mentions.some((persona) => !known.value[persona]));

/** A text with its addresses as links that tell nobody where they were followed from, and its handles and tags as ways within the house. */
export function Linked({ text, item }: { text: string; item?: Pick<PostItem, 'body'> }) {
  return (
    <>{linkify(text).map(({ text: words, href, handle, tag }) => {
      if (href) return <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">{words}</a>;
      if (tag !== undefined && me.value) return <a href={tagHref(tag)}>{words}</a>;
      return handle !== undefined && leads(handle, item?.body.mentions) ? <a href={`/@${handle}`}>{words}</a> : words;
    })}</>
  );
}

/** Tags that were stuffed behind a text: one button, and when they are asked for, all of them. */
function TagTail({ item, tags }: { item: PostItem; tags: readonly string[] }) {
  const name = `tags:${idOf(item)}`;
  const open = isOpen(name);
  return (
    <p class="tag-tail">
      <button type="button" class="tap" aria-expanded={open ? 'true' : 'false'} onClick={() => setOpen(name, !open)}><Icon name={open ? 'minus' : 'plus'} size="s" />{words('tags.more', { n: tags.length })}</button>
      {open ? <span class="text" dir="auto"><Linked text={tags.join(' ')} item={item} /></span> : null}
    </p>
  );
}

/** The words of a post: an empty line parts paragraphs, as the writer meant. */
export function PostText({ item, cut }: { item: PostItem; cut?: boolean }) {
  const { words: said, tags } = cutTagTail(item.body.text);
  const paragraphs = said.split(/\n[^\S\n]*\n\s*/u).filter((paragraph) => paragraph.trim() !== '');
  const one = (text: string) => <p class={cut ? 'text cut' : 'text'} dir="auto" lang={item.body.lang}><Linked text={text} item={item} /></p>;
  const text = cut || paragraphs.length < 2 ? (said.trim() === '' ? null : one(said)) : <div class="texts">{paragraphs.map(one)}</div>;
  return <>{text}{tags.length ? <TagTail item={item} tags={tags} /> : null}</>;
}
