import { useState } from 'preact/hooks';
import type { Place } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Field } from '../../components/Field.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { useAct } from '../parts/useAct.ts';
import { nameIn, when } from './names.ts';
import { t } from './words.ts';

interface Props { place: Place; onClose: () => void; onDone: (text: string) => void }

const DAY = 86_400_000;
/* Up to a year; what is for good is a farewell. */
const SUSPENDED = [1, 7, 30, 365] as const;
const LEAVING = [3, 14, 30, 90] as const;

/** Suspends somebody for some days. */
export function Suspension({ place, onClose, onDone }: Props) {
  const go = async (days: number, words: string): Promise<string> => {
    const { until } = await client.care.suspend(place.persona, { until: Date.now() + days * DAY, ...(words && { words }) });
    return t('suspend.done', { name: nameIn(place), when: when(until) });
  };
  return <Standing what="suspend" place={place} choices={SUSPENDED} usual={7} go={go} onClose={onClose} onDone={onDone} />;
}

/** Asks somebody to leave, with time to take along what is theirs. */
export function Farewell({ place, onClose, onDone }: Props) {
  const go = async (days: number, words: string): Promise<string> => {
    const { until } = await client.care.expel(place.persona, { days, ...(words && { words }) });
    return t('expel.done', { name: nameIn(place), when: when(until) });
  };
  return <Standing what="expel" place={place} choices={LEAVING} usual={14} go={go} onClose={onClose} onDone={onDone} />;
}

type StandingProps = Props & { what: 'suspend' | 'expel'; choices: readonly number[]; usual: number; go: (days: number, words: string) => Promise<string> };

function Standing({ what, place, choices, usual, go, onClose, onDone }: StandingProps) {
  const act = useAct();
  const [days, choose] = useState(usual);
  const [words, setWords] = useState('');
  const name = nameIn(place);
  const submit = (event: Event): void => {
    event.preventDefault();
    act.run(async () => onDone(await go(days, words.trim())));
  };
  return (
    <Dialog title={t(`${what}.title`, { name })} onClose={onClose}>
      <form class="body stack" onSubmit={submit}>
        <p>{t(`${what}.text`, { name })}</p>
        <fieldset class="stack tight choice">
          <legend>{t(`${what}.for`)}</legend>
          <div class="row wrap">{choices.map((n) => <label class="chip pick" key={n}><input class="vh" type="radio" name="days" checked={n === days} onChange={() => choose(n)} />{t('suspend.days', { n })}</label>)}</div>
        </fieldset>
        <Field label={t('act.words')} value={words} onInput={setWords} rows={2} maxLength={1000} hint={t('act.words.hint')} />
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        <div class="row wrap"><Button kind="danger" type="submit" busy={act.busy}>{t(`${what}.go`)}</Button><Button kind="plain" onClick={onClose}>{t('cancel')}</Button></div>
      </form>
    </Dialog>
  );
}
