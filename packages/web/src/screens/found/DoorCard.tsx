import type { House } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Crumb } from '../entry/Crumb.tsx';
import { t } from '../entry/words.ts';
import { LetIn } from '../parts/LetIn.tsx';
import { useNetwork } from '../parts/useNetwork.ts';

/** Last screen of founding: who can reach the house, and what next. */
export function DoorCard({ house, onLeave }: { house: House; onLeave: () => void }) {
  const network = useNetwork();
  const promises = [t('found.tick.tracking'), t('found.tick.invites'), t('found.tick.cap', { n: house.capacity })];
  return (
    <section class="stack" aria-labelledby="door">
      <Crumb at={3} of={3} />
      <div class="card pad stack loose">
        <div class="stack tight">
          <h1 class="t-24" id="door" tabIndex={-1}>{t('found.open.title')}</h1>
          <p class="dim">{network.value?.lan ? t('found.open.lead.lan') : t('found.open.lead')}</p>
        </div>
        <LetIn network={network} />
        <ul class="ticks">{promises.map((promise) => <li><span class="green"><Icon name="check" /></span>{promise}</li>)}</ul>
        <div class="stack tight">
          <Button kind="fill" block href="/invite" onClick={onLeave}>{t('found.invite')}</Button>
          <Button block href="/" onClick={onLeave}>{t('found.hello')}</Button>
        </div>
      </div>
    </section>
  );
}
