import { faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { house } from '../../state/session.ts';
import { Switch } from '../parts/Switch.tsx';
import { useAct } from '../parts/useAct.ts';
import { t } from './selfWords.ts';

/** Whether the house itself shows a page to whoever is not signed in; for stewards. */
export function Front() {
  const act = useAct();
  const { front } = house.value!;
  const set = (on: boolean) => act.run(async () => { house.value = await client.house.settings({ front: on }); });
  return (
    <section class="card" aria-labelledby="front">
      <div class="head"><h2 class="t-20" id="front">{t('front')}</h2></div>
      <div class="body stack tight">
        <div class="row"><span class="grow">{t('front.switch')}</span><Switch label={t('front.switch')} on={front} busy={act.busy} onChange={set} /></div>
        <p class="t-14 dim">{t(front ? 'front.on' : 'front.off')}</p>
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      </div>
    </section>
  );
}
