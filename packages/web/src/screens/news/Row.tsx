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
import { clock, now } from '../../state/clock.ts';
import { isGone } from '../../state/gone.ts';
import type { NewsRow } from '../../state/newsMerge.ts';
import { standing } from '../../state/people.ts';
import { answerRequest, requests } from '../../state/rings.ts';
import { toast } from '../../state/toast.ts';
import { ago, fullTime } from '../../words/time.ts';
import { useAct } from '../parts/useAct.ts';
import { t, tx } from './words.ts';

const SIGNS = { reply: 'reply', mention: 'person', like: 'heart', boost: 'retry', quote: 'reply', poll: 'check', follow: 'person', request: 'person', accepted: 'check' } as const;

/** The answer itself, and what can be done with it. */
function Answer({ post }: { post: PostItem }) {
  const thread = addressOf(post);
  return (
    <>
      <a class="well said" href={thread} dir="auto" lang={post.body.lang}><span class="clip3">{post.body.text}</span></a>
      <div class="acts-row">
        <Button small href={`${thread}?reply`} label={`${t('answer')}: ${nameOf(post.persona)}`}>{t('answer')}</Button>
        <LikeButton item={post} />
      </div>
    </>
  );
}

/** Follow, for whoever was not followed when the row came; it stays after the press, so that nothing jumps under the finger. */
function FollowBack({ persona }: { persona: string }) {
  const now = standing(persona);
  const offered = useRef(false);
  offered.current ||= now?.follows === false;
  return offered.current && now ? <div><FollowButton person={{ persona, name: nameOf(persona), ...now }} /></div> : null;
}

/** Yes or no to somebody who asks; once it is answered, nothing. */
function Answers({ persona }: { persona: string }) {
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
      <p class="t-13 dim" ref={focus} tabIndex={-1}>{t(waits ? 'request.text' : 'request.done')}</p>
      {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
    </>
  );
}

function about({ kind, who, post }: NewsItem): ComponentChildren {
  if (kind === 'request') return who[0] ? <Answers persona={who[0]} /> : null;
  if (kind === 'accepted') return null;
  if (kind === 'follow') {
    const [persona] = who;
    // With several, their names lead to them.
    return who.length === 1 && persona ? <FollowBack persona={persona} /> : null;
  }
  if (!post || isGone(post)) return null;
  return kind === 'reply' || kind === 'mention' || kind === 'quote' ? <Answer post={post} /> : <p class="t-14 dim clip1"><a class="quiet-link" href={addressOf(post)} dir="auto">{post.body.text}</a></p>;
}

/** One row: what kind of thing, who, what, when. */
export function Row({ row: { item } }: { row: NewsRow }) {
  const { kind, who, more, time, post } = item;
  const names = <Names who={who} more={more} />;
  const when = <time dateTime={new Date(time).toISOString()} title={fullTime(time, clock)}>{ago(time, now.value, clock)}</time>;
  return (
    <li class="news-row">
      <span class={`kind ${kind}`}><Icon name={SIGNS[kind]} /></span>
      <div class="what">
        <span class="faces">{who.map((persona) => <a class="av-link" href={homeOf(persona)} tabIndex={-1} aria-hidden="true"><Face persona={persona} size={32} /></a>)}</span>
        <p>{tx(`row.${kind}`, { names, n: who.length + more })}</p>
        {about(item)}
      </div>
      {post && !isGone(post) ? <a class="when" id={`news-${item.id}`} href={addressOf(post)}>{when}</a> : <span class="when">{when}</span>}
    </li>
  );
}
