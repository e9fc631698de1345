import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { NewsItem, PostItem } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { t as words } from '../../i18n/index.ts';
import { FollowButton } from '../../posts/FollowButton.tsx';
import { LikeButton, Names } from '../../posts/LikeButton.tsx';
import { addressOf, homeOf, nameOf } from '../../posts/parts.tsx';
import { Veil } from '../../posts/Veil.tsx';
import { t as posts } from '../../posts/words.ts';
import { clock, now } from '../../state/clock.ts';
import { filteredIn } from '../../state/filters.ts';
import { isGone } from '../../state/gone.ts';
import { idOf } from '../../state/merge.ts';
import type { NewsRow } from '../../state/newsMerge.ts';
import { standing } from '../../state/people.ts';
import { answerRequest, requests } from '../../state/rings.ts';
import { myPersona } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { ago, fullTime } from '../../words/time.ts';
import { useAct } from '../parts/useAct.ts';
import { t, tx } from './words.ts';

const SIGNS = { reply: 'reply', mention: 'at', like: 'heart', boost: 'boost', quote: 'quote', poll: 'poll', follow: 'person', request: 'person', accepted: 'check' } as const;

/** What of a post stands in a row: what to know before reading it, else its words, else that there are pictures. */
const wordsOf = ({ body }: PostItem): string => body.warning ?? (body.text || posts('quote.pictures', { n: body.images?.length ?? 0 }));

/** Somebody's post itself, and what can be done with it; behind the reader's filter, if it meets one. */
function Said({ post }: { post: PostItem }) {
  const thread = addressOf(post);
  const filtered = filteredIn(post, 'news', now.value);
  const said = <a class="well said" href={thread} dir="auto" lang={post.body.lang}><span class="clip3">{wordsOf(post)}</span></a>;
  return (
    <>
      {filtered ? <Veil name={`filter:${idOf(post)}`} title={posts('filtered', { word: filtered.word })} why={posts('filtered.by', { name: nameOf(post.persona) })}>{said}</Veil> : said}
      <div class="acts-row">
        <Button small href={`${thread}?reply`} label={`${t('answer')}: ${nameOf(post.persona)}`}>{t('answer')}</Button>
        <LikeButton item={post} />
      </div>
    </>
  );
}

/** The answer of a poll that most chose. */
function First({ post: { body: { poll } } }: { post: PostItem }) {
  const most = Math.max(0, ...poll?.counts ?? []);
  if (!poll || most === 0) return <p class="t-14">{t('poll.none')}</p>;
  return <p class="t-14">{tx('poll.first', { answer: <b dir="auto">{poll.options.filter((_, i) => poll.counts?.[i] === most).join(' · ')}</b> })}</p>;
}

/** Follow, for whoever was not followed when the row came; it stays after the press, so that nothing jumps under the finger. */
function FollowBack({ persona }: { persona: string }) {
  const now = standing(persona);
  const offered = useRef(false);
  offered.current ||= now?.follows === false;
  return offered.current && now ? <div><FollowButton person={{ persona, name: nameOf(persona), ...now }} /></div> : null;
}

/** Yes or no to somebody who asks; once it is answered, nothing. `brief`: whoever reads was told in the row before what a no means. */
function Answers({ persona, brief }: { persona: string; brief: boolean }) {
  const act = useAct();
  const name = nameOf(persona);
  const focus = useRef<HTMLParagraphElement>(null);
  const asked = useRef(false);
  const waits = requests.value?.some((one) => one.persona === persona) ?? false;
  asked.current ||= waits;
  const answer = (yes: boolean) => act.run(async () => {
    await answerRequest(persona, yes);
    toast(words(yes ? 'request.accepted' : 'request.declined', { name }));
    focus.current?.focus({ preventScroll: true });
  });
  if (!asked.current) return null;
  return (
    <>
      {waits ? (
        <div class="acts-row">
          <Button small busy={act.busy} label={words('request.accept.name', { name })} onClick={() => answer(true)}>{t('request.yes')}</Button>
          <Button small kind="plain" busy={act.busy} label={words('request.decline.name', { name })} onClick={() => answer(false)}>{t('request.no')}</Button>
        </div>
      ) : null}
      <p class={waits && brief ? 'vh' : 't-13 dim'} ref={focus} tabIndex={-1}>{t(waits ? 'request.text' : 'request.done')}</p>
      {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
    </>
  );
}

function about({ kind, who, post }: NewsItem, brief: boolean): ComponentChildren {
  if (kind === 'request') return who[0] ? <Answers persona={who[0]} brief={brief} /> : null;
  if (kind === 'accepted') return null;
  if (kind === 'follow') {
    const [persona] = who;
    // With several, their names lead to them.
    return who.length === 1 && persona ? <FollowBack persona={persona} /> : null;
  }
  if (!post || isGone(post)) return null;
  if (kind === 'reply' || kind === 'mention' || kind === 'quote') return <Said post={post} />;
  return <>{kind === 'poll' ? <First post={post} /> : null}<p class="t-14 dim clip1"><a class="quiet-link" href={addressOf(post)} dir="auto">{wordsOf(post)}</a></p></>;
}

/** One row: what kind of thing, who, what, when. `brief`: the row before is of the same kind. */
export function Row({ row: { item }, brief }: { row: NewsRow; brief: boolean }) {
  const { kind, who, more, time, post } = item;
  const names = <Names who={who} more={more} />;
  const when = <time dateTime={new Date(time).toISOString()} title={fullTime(time, clock)}>{ago(time, now.value, clock)}</time>;
  return (
    <li class="news-row">
      <span class={`kind ${kind}`}><Icon name={SIGNS[kind]} /></span>
      <div class="what">
        <span class="faces">{who.map((persona) => <a class="av-link" href={homeOf(persona)} tabIndex={-1} aria-hidden="true"><Face persona={persona} size={32} /></a>)}</span>
        <p>{kind === 'poll' && post?.persona === myPersona.value ? t('row.poll.mine') : tx(`row.${kind}`, { names, n: who.length + more })}</p>
        {about(item, brief)}
      </div>
      {post && !isGone(post) ? <a class="when" id={`news-${item.id}`} href={addressOf(post)}>{when}</a> : <span class="when">{when}</span>}
    </li>
  );
}
