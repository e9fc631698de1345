import { useState } from 'preact/hooks';
import { thingWords } from '@commonhold/core';
import type { Parked as ParkedOf } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { language, locale } from '../../i18n/index.ts';
import { decide } from '../../state/repairs.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { whenText } from '../parts/when.ts';
import { t } from './words.ts';

const when = (ms: number): string => whenText(ms, Date.now(), locale);

function writtenWhen({ why, count: n, first, last }: ParkedOf): string {
  if (why === 'ahead') return t('parked.ahead', { n, first: when(last) });
  return when(first) === when(last) ? t('parked.when', { first: when(last) }) : t('parked.from', { first: when(first), last: when(last) });
}

/** Records of one device that wait: why, how many, and what can be done. */
export function Parked({ parked, deviceName, onDone }: { parked: ParkedOf; deviceName: (key: string) => string; onDone: () => void }) {
  const act = useAct();
  const [sure, setSure] = useState(false);
  const { id, service, collection, count: n, why, until } = parked;
  const name = t('parked', { n, ...thingWords(service, collection, language), device: parked.label ?? deviceName(parked.device) });
  const choose = (choice: 'accept' | 'drop') => () => act.run(async () => { await decide(id, choice); toast(t(choice === 'accept' ? 'accepted' : 'dropped')); onDone(); });
  return (
    <section class="card" aria-labelledby={`parked-${id}`}>
      <div class="body stack">
        <div class="row start">
          <span class="svc a"><Icon name={why === 'ahead' ? 'clock' : 'key'} /></span>
          <div class="grow">
            <h2 class="t-16" id={`parked-${id}`}>{name}</h2>
            <p class="t-14 dim">{t(`why.${why}`)} {writtenWhen(parked)}</p>
            {until === null ? null : <p class="t-14">{t('until', { n, when: when(until) })}</p>}
          </div>
        </div>
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        {sure ? (
          <div class="row wrap"><span class="t-14">{t('drop.sure')}</span><Button kind="danger" busy={act.busy} onClick={choose('drop')}>{t('drop.yes')}</Button><Button kind="plain" onClick={() => setSure(false)}>{t('cancel')}</Button></div>
        ) : (
          <div class="row wrap"><Button busy={act.busy} onClick={choose('accept')}>{t('accept', { n })}</Button><Button kind="plain" onClick={() => setSure(true)}>{t('drop', { n })}</Button></div>
        )}
        <p class="hint">{t('accept.text', { n })}</p>
      </div>
    </section>
  );
}
