import { useEffect } from 'preact/hooks';
import type { NewsKind } from '@commonhold/sdk';
import { Failed, faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { countNews } from '../../state/news.ts';
import { loadWanted, want, wanted } from '../../state/newsSettings.ts';
import { Switch } from '../parts/Switch.tsx';
import { useAct } from '../parts/useAct.ts';
import { t } from './words.ts';

const KINDS: readonly NewsKind[] = ['reply', 'mention', 'like', 'boost', 'quote', 'poll', 'follow', 'request', 'accepted'];

/** What one is told about, a switch for each kind. `big`: as a section of the settings, not beside the list. */
export function About({ big }: { big?: boolean }) {
  const first = useAct();
  const act = useAct();
  const load = () => first.run(loadWanted);
  useEffect(load, []);
  const set = (kind: NewsKind, yes: boolean) => act.watch(want(kind, yes).then(countNews));
  const now = wanted.value;
  if (first.error && !now) return <section class="card"><Failed title={t('about.failed')} error={first.error} again={load} /></section>;
  return (
    <section class="card" aria-labelledby="about" aria-busy={now ? undefined : 'true'}>
      <div class="head"><h2 class={big ? 't-20' : 't-16'} id="about">{t('about')}</h2></div>
      <div class="body stack tight">
        <p class="t-14 dim">{t('about.text')}</p>
        <div>
          {KINDS.filter((kind) => !now || kind in now).map((kind) => (
            <div class="row" key={kind}>
              <span class={big ? 'grow' : 'grow t-14'}>{t(`about.${kind}`)}</span>
              <Switch label={t(`about.${kind}`)} on={now?.[kind] ?? false} busy={!now} onChange={(yes) => set(kind, yes)} />
            </div>
          ))}
        </div>
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      </div>
    </section>
  );
}
