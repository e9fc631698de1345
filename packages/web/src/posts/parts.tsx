import type { Audience, PostItem, Ref } from '@commonhold/sdk';
import { Face, type FaceSize } from '../components/face/Face.tsx';
import { Icon } from '../components/Icon.tsx';
import { t } from '../i18n/index.ts';
import { clock, now } from '../state/clock.ts';
import { known } from '../state/people.ts';
import { SIGN } from '../words/audience.ts';
import { linkify } from '../words/linkify.ts';
import { ago, fullTime } from '../words/time.ts';

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

/** A text with its addresses as links that tell nobody where they were followed from. */
export const Linked = ({ text }: { text: string }) =>
  <>{linkify(text).map((part) => part.href ? <a href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc">{part.text}</a> : part.text)}</>;

/** The words of a post: an empty line parts paragraphs, as the writer meant. */
export function PostText({ item, cut }: { item: PostItem; cut?: boolean }) {
  const paragraphs = item.body.text.split(/\n[^\S\n]*\n\s*/u).filter((paragraph) => paragraph.trim() !== '');
  const words = (text: string) => <p class={cut ? 'text cut' : 'text'} dir="auto" lang={item.body.lang}><Linked text={text} /></p>;
  return cut || paragraphs.length < 2 ? words(item.body.text) : <div class="texts">{paragraphs.map(words)}</div>;
}
