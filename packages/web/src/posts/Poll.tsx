import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PostItem, Poll as Asked } from '@commonhold/sdk';
import { Button } from '../components/Button.tsx';
import { faultText } from '../components/Empty.tsx';
import { Icon } from '../components/Icon.tsx';
import { Note } from '../components/Note.tsx';
import { clock, now } from '../state/clock.ts';
import { votesOf } from '../state/posts.ts';
import { myPersona } from '../state/session.ts';
import { vote, votedIn, voteWaits } from '../state/votes.ts';
import { fromNow, fullTime } from '../words/time.ts';
import { nameOf } from './parts.tsx';
import { sharesOf } from './shares.ts';
import { t } from './words.ts';

/** How many voted, until when, and who is told what of it. */
function Facts({ item, poll, over }: { item: PostItem; poll: Asked; over: boolean }) {
  const when = fromNow(poll.until, now.value, clock.locale);
  const mine = item.persona === myPersona.value;
  return (
    <p class="facts">
      <span>{t('poll.voters', { n: poll.voters ?? 0 })}</span>
      <time dateTime={new Date(poll.until).toISOString()} title={fullTime(poll.until, clock)}>{t(over ? 'poll.ended' : 'poll.ends', { when })}</time>
      {voteWaits(item) ? <span>{t('poll.waits')}</span> : null}
      {mine ? poll.voters ? <button type="button" class="tap" onClick={() => { votesOf.value = item; }}>{t('poll.who')}</button> : null : <span>{t('poll.seen', { name: nameOf(item.persona) })}</span>}
    </p>
  );
}

/** `fresh`: they stand where the reader voted a moment ago, and take the focus that went with the button. */
function Results({ poll, mine, fresh }: { poll: Asked; mine: readonly number[]; fresh: () => boolean }) {
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => { if (fresh()) list.current?.focus({ preventScroll: true }); }, []);
  const shares = sharesOf(poll.options, poll.counts, poll.voters);
  return (
    <ul class="poll" aria-label={t('poll')} ref={list} tabIndex={-1}>
      {poll.options.map((option, i) => (
        <li key={i} class={mine.includes(i) ? 'opt mine' : 'opt'}>
          <svg class="share" preserveAspectRatio="none" viewBox="0 0 100 1" aria-hidden="true"><rect width={shares[i]!.share} height="1" /></svg>
          {mine.includes(i) ? <><Icon name="check" size="s" /><span class="vh">{t('poll.mine')}: </span></> : null}
          <span class="grow" dir="auto">{option}</span>
          <span class="num" aria-hidden="true">{shares[i]!.votes}</span><span class="vh">{t('poll.votes', { n: shares[i]!.votes, share: shares[i]!.share })}</span>
        </li>
      ))}
    </ul>
  );
}

function Ballot({ item, poll, onVoting }: { item: PostItem; poll: Asked; onVoting: (yes: boolean) => void }) {
  const [chosen, choose] = useState<readonly number[]>([]);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const name = useId();
  const toggle = (i: number) => choose((had) => !poll.multiple ? [i] : had.includes(i) ? had.filter((one) => one !== i) : [...had, i].sort());
  const go = async () => {
    setBusy(true);
    setFault(null);
    onVoting(true);
    await vote(item, chosen).catch((error: unknown) => { onVoting(false); setFault(faultText(error)); setBusy(false); });
  };
  return (
    <form class="poll" onSubmit={(event) => { event.preventDefault(); if (!busy && chosen.length) void go(); }}>
      <fieldset>
        <legend class="vh">{t('poll')}</legend>
        {poll.options.map((option, i) => (
          <label key={i} class="opt"><input type={poll.multiple ? 'checkbox' : 'radio'} name={name} checked={chosen.includes(i)} onChange={() => toggle(i)} /><span dir="auto">{option}</span></label>
        ))}
      </fieldset>
      {fault ? <Note kind="bad" alert>{fault}</Note> : null}
      <div class="row wrap"><Button small type="submit" busy={busy} disabled={chosen.length === 0}>{t('poll.vote')}</Button>{poll.multiple ? <span class="t-13 dim">{t('poll.many')}</span> : null}</div>
    </form>
  );
}

/** A poll: to vote in, once; what came out for whoever voted, for its author, for visitors, and when it is over. */
export function Poll({ item }: { item: PostItem }) {
  const voting = useRef(false);
  const { poll } = item.body;
  if (!poll) return null;
  const over = poll.until <= now.value;
  const mine = votedIn(item);
  const toVote = !over && !mine && myPersona.value !== null && item.persona !== myPersona.value;
  return <div class="poll-at">{toVote ? <Ballot item={item} poll={poll} onVoting={(yes) => { voting.current = yes; }} /> : <Results poll={poll} mine={mine ?? []} fresh={() => voting.current} />}<Facts item={item} poll={poll} over={over} /></div>;
}
