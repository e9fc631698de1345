import { useRef } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import type { Asked } from '../draft.ts';
import { focusAsked, type Edit } from '../parts.ts';
import { POLL, pollProblem } from '../ready.ts';
import { Take } from './Take.tsx';
import { t } from './words.ts';

/* How long votes may be taken, in minutes. */
const LENGTHS = [5, 30, 60, 360, 1440, 4320, 10_080, 43_200];

const lengthWords = (minutes: number): string =>
  minutes < 60 ? t('poll.minutes', { n: minutes }) : minutes < 1440 ? t('poll.hours', { n: minutes / 60 }) : t('poll.days', { n: minutes / 1440 });

/** The answers, one on a line: Enter goes to the next, and makes one where there is none. */
function Answers({ poll, change }: { poll: Asked; change: (poll: Partial<Asked>) => void }) {
  const list = useRef<HTMLOListElement>(null);
  const { options } = poll;
  const focus = (at: number) => requestAnimationFrame(() => list.current?.querySelectorAll('input')[at]?.focus());
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    if (at === options.length - 1 && options.length < POLL.answers) change({ options: [...options, ''] });
    focus(Math.min(at + 1, POLL.answers - 1));
  };
  return (
    <ol class="answers" ref={list}>
      {options.map((option, at) => (
        <li key={at}>
          <input class="input" ref={at === 0 ? focusAsked('poll') : undefined} dir="auto" maxLength={POLL.characters} aria-label={t('poll.answer', { n: at + 1 })} placeholder={t('poll.answer', { n: at + 1 })} value={option}
            onInput={(event) => change({ options: options.with(at, event.currentTarget.value) })} onKeyDown={(event) => onKeyDown(event, at)} />
          {options.length > 2 ? <Take label={t('poll.answer.off', { n: at + 1 })} onTake={() => { change({ options: options.toSpliced(at, 1) }); focus(Math.max(0, at - 1)); }} /> : null}
        </li>
      ))}
      {options.length < POLL.answers ? <li><Button kind="plain" small icon="plus" onClick={() => { change({ options: [...options, ''] }); focus(options.length); }}>{t('poll.more')}</Button></li> : null}
    </ol>
  );
}

/** A question to vote on: the words ask, these are the answers. */
export function PollPart({ poll, edit }: { poll: Asked; edit: Edit }) {
  const change = (more: Partial<Asked>) => edit({ poll: { ...poll, ...more } });
  const problem = pollProblem(poll);
  return (
    <fieldset class="box">
      <legend class="vh">{t('poll')}</legend>
      <div class="box-head"><b class="t-14">{t('poll')}</b><Take label={t('poll.off')} onTake={() => edit({ poll: undefined })} /></div>
      <Answers poll={poll} change={change} />
      {problem && (problem !== 'few' || poll.options.some((option) => option.trim() !== '')) ? <p class="hint" role="status">{t(`poll.${problem}`)}</p> : null}
      <div class="line">
        <label class="line"><span>{t('poll.open')}</span>
          <select class="input" value={poll.minutes} onChange={(event) => change({ minutes: Number(event.currentTarget.value) })}>{LENGTHS.map((minutes) => <option key={minutes} value={minutes}>{lengthWords(minutes)}</option>)}</select>
        </label>
        <label class="check"><input type="checkbox" checked={poll.multiple} onChange={(event) => change({ multiple: event.currentTarget.checked })} />{t('poll.multiple')}</label>
      </div>
      <p class="hint">{t('poll.who')}</p>
    </fieldset>
  );
}
