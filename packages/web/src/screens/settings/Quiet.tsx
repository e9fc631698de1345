import { useEffect, useState } from 'preact/hooks';
import { Failed, faultText } from '../../components/Empty.tsx';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { loadWanted, setQuiet, wanted } from '../../state/newsSettings.ts';
import { isQuiet } from '../../state/quiet.ts';
import type { Hours } from '../../words/hours.ts';
import { Switch } from '../parts/Switch.tsx';
import { useAct } from '../parts/useAct.ts';
import { t } from './selfWords.ts';

const NIGHT: Hours = { from: 22 * 60, to: 7 * 60 };
const text = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const minutes = (typed: string): number | null => {
  const [, hour, minute] = /^(\d{2}):(\d{2})/.exec(typed) ?? [];
  return hour === undefined || minute === undefined ? null : Number(hour) * 60 + Number(minute);
};

/** The hours in which this person's screens announce nothing. */
export function Quiet() {
  const first = useAct();
  const act = useAct();
  // What is being typed, until the house keeps it: half of an hour may be the other hour.
  const [typed, setTyped] = useState<Hours | null>(null);
  const load = () => { if (!wanted.peek()) first.run(loadWanted); };
  useEffect(load, []);
  const now = wanted.value;
  const hours = typed ?? now?.quiet ?? null;
  const same = hours !== null && hours.from === hours.to;
  const set = (quiet: Hours | null) => {
    setTyped(quiet);
    if (quiet === null || quiet.from !== quiet.to) act.watch(setQuiet(quiet).finally(() => setTyped((at) => (at === quiet ? null : at))));
  };
  const part = (which: 'from' | 'to') => (text: string) => { const at = minutes(text); if (at !== null && hours) set({ ...hours, [which]: at }); };
  if (first.error && !now) return <section class="card"><Failed title={t('choices.failed')} error={first.error} again={load} /></section>;
  return (
    <section class="card" aria-labelledby="quiet" aria-busy={now ? undefined : 'true'}>
      <div class="head"><h2 class="t-20" id="quiet">{t('quiet')}</h2></div>
      <div class="body stack">
        <div class="row"><span class="grow">{t('quiet.switch')}</span><Switch label={t('quiet.switch')} on={hours !== null} busy={!now} onChange={(on) => set(on ? NIGHT : null)} /></div>
        {hours ? (
          <div class="hours">
            <Field label={t('quiet.from')} type="time" value={text(hours.from)} onInput={part('from')} error={same ? t('quiet.same') : undefined} />
            <Field label={t('quiet.to')} type="time" value={text(hours.to)} onInput={part('to')} />
          </div>
        ) : null}
        {isQuiet.value ? <p class="t-14 dim row"><Icon name="moon" size="s" />{t('quiet.now')}</p> : null}
        <p class="t-14 dim">{t('quiet.text')}</p>
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      </div>
    </section>
  );
}
