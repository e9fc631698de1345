import './said.css';
import { useEffect, useState } from 'preact/hooks';
import type { Notice } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { toHeading } from '../../components/toHeading.ts';
import { client } from '../../state/client.ts';
import { noticeRound } from '../../state/notices.ts';
import { me } from '../../state/session.ts';
import { byIn, when } from './names.ts';
import { t } from './words.ts';

const SIGNS: Readonly<Record<Notice['kind'], IconName>> = {
  hidden: 'veil', shown: 'eye', warned: 'bell', suspended: 'pause', lifted: 'check', expelled: 'leave', kept: 'home', steward: 'home', member: 'person', answered: 'flag', 'answered-service': 'flag', offered: 'retry', restored: 'retry', 'let-in': 'key', 'came-in': 'key', guessed: 'key',
};

/** What the stewards have to tell the reader, each until it is put away; nothing on most days. `sheet` where cards reach the window's edges. */
export function Notices({ sheet }: { sheet?: boolean }) {
  const [notices, set] = useState<readonly Notice[]>([]);
  useEffect(() => {
    // Whoever cannot be asked now is asked with the next page.
    client.care.notices().then((answer) => set(answer.notices), () => undefined);
  }, [noticeRound.value]);
  const away = (id: string): void => {
    set(notices.filter((notice) => notice.id !== id));
    toHeading();
    client.care.dropNotice(id).catch(() => set(notices));
  };
  return <>{notices.some(({ kind }) => kind === 'suspended' || kind === 'expelled') ? null : <Standing sheet={sheet === true} />}{notices.map((notice) => <Card key={notice.id} notice={notice} sheet={sheet === true} onAway={() => away(notice.id)} />)}</>;
}

/* Once the notice was put away, what it said is true all the same. */
function Standing({ sheet }: { sheet: boolean }) {
  const { suspended, leaving } = me.value!;
  const until = suspended ?? leaving;
  if (until === undefined) return null;
  return (
    <section class={sheet ? 'card sheet pad' : 'card pad'}>
      <div class="row start"><span class="svc a"><Icon name={leaving ? 'leave' : 'pause'} /></span><div class="grow stack tight"><h2 class="t-16">{t(leaving ? 'standing.leaving' : 'standing.suspended', { when: when(until) })}</h2><p>{t('standing.text')}</p>{leaving ? <p><TakeAlong /></p> : null}</div></div>
    </section>
  );
}

const TakeAlong = () => <a class="btn sm fill" href="/me/export" target="_blank" rel="noopener" download>{t('notice.export')}</a>;

function Card({ notice: { kind, by, about, words, until, at }, sheet, onAway }: { notice: Notice; sheet: boolean; onAway: () => void }) {
  const name = byIn(by);
  const answered = kind === 'answered' || kind === 'answered-service';
  const title = t(answered ? 'notice.answered' : `notice.${kind}`, { name, when: until === null ? '' : when(until) });
  const text = answered ? t(`notice.${kind}.${about as 'none'}`, { name }) : t(`notice.${kind}.text`, { name });
  const post = !answered && about !== null ? `/@${me.value!.handle}/${about}` : null;
  return (
    <section class={sheet ? 'card sheet pad stack tight' : 'card pad stack tight'} aria-label={title}>
      <div class="row start">
        <span class="svc a"><Icon name={SIGNS[kind]} /></span>
        <div class="grow stack tight">
          <h2 class="t-16">{title}</h2>
          {words ? <><p class="t-14 dim">{t('notice.said', { name })}</p><p class="said-words" dir="auto">{words}</p></> : null}
          <p>{text}</p>
          <p class="t-14 dim">{when(at)}</p>
        </div>
      </div>
      <div class="row wrap end">
        {post && kind !== 'shown' ? <Button small href={post}>{t('notice.post')}</Button> : null}
        {kind === 'expelled' ? <TakeAlong /> : null}
        {kind === 'offered' ? <Button small href="/settings/data">{t('notice.where')}</Button> : null}
        {kind === 'restored' ? <Button small href="/settings/devices">{t('notice.where')}</Button> : null}
        {kind === 'guessed' ? <Button small href="/log">{t('notice.log')}</Button> : null}
        {kind === 'steward' ? <Button small href="/house">{t('notice.where')}</Button> : null}
        <Button small kind="plain" onClick={onAway}>{t('notice.away')}</Button>
      </div>
    </section>
  );
}
