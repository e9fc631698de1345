import { useEffect } from 'preact/hooks';
import type { Choices as Chosen } from '@commonhold/sdk';
import { Failed, faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { choices, choose, loadChoices } from '../../state/choices.ts';
import { Switch } from '../parts/Switch.tsx';
import { useAct } from '../parts/useAct.ts';
import { Choose } from './Choose.tsx';
import { t } from './selfWords.ts';

const QUOTES = ['anyone', 'followers', 'nobody'] as const;

/** What holds for one's own posts unless one says otherwise: who may quote them, and whether one sees numbers beside them. */
export function Choices() {
  const first = useAct();
  const act = useAct();
  const load = () => { if (!choices.peek()) first.run(loadChoices); };
  useEffect(load, []);
  if (first.error && !choices.value) return <section class="card"><Failed title={t('choices.failed')} error={first.error} again={load} /></section>;
  const now = choices.value ?? { quotes: 'anyone', counts: false } satisfies Chosen;
  const set = (part: Partial<Chosen>) => act.watch(choose(part));
  return (
    <section class="card" aria-labelledby="choices" aria-busy={choices.value ? undefined : 'true'}>
      <div class="head"><h2 class="t-20" id="choices">{t('choices')}</h2></div>
      <div class="body stack">
        <Choose legend={t('choices.quotes')} name="quotes" value={now.quotes} onChange={(quotes) => set({ quotes })} of={QUOTES.map((one) => [one, t(`choices.${one}`)] as const)} />
        <p class="t-14 dim">{t('choices.quotes.text')}</p>
        <hr class="rule" />
        <div class="row">
          <div class="grow"><p class="b">{t('choices.counts')}</p><p class="t-14 dim">{t('choices.counts.text')}</p></div>
          <Switch label={t('choices.counts')} on={now.counts} busy={!choices.value} onChange={(counts) => set({ counts })} />
        </div>
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      </div>
    </section>
  );
}
