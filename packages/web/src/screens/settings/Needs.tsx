import { Icon } from '../../components/Icon.tsx';
import { house } from '../../state/session.ts';
import { t } from '../parts/words.ts';

/** What waits for an encrypted address; nothing when there is one. */
export function Needs() {
  if (house.value?.secure) return null;
  const waiting = [...(house.value?.passkeys ? [] : [t('needs.passkeys')]), t('needs.install'), t('needs.way')];
  return (
    <section class="card" aria-labelledby="needs">
      <div class="head"><h2 class="t-20" id="needs">{t('needs')}</h2></div>
      <div class="body stack">
        <p class="dim">{t('needs.text')}</p>
        <ul class="ticks">{waiting.map((what) => <li><span class="amber"><Icon name="clock" /></span>{what}</li>)}</ul>
      </div>
    </section>
  );
}
