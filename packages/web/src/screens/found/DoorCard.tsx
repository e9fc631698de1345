import type { House } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Crumb } from '../entry/Crumb.tsx';
import { t } from '../entry/words.ts';
import { t as tb } from '../parts/backupWords.ts';
import { LetIn } from '../parts/LetIn.tsx';
import { useNetwork } from '../parts/useNetwork.ts';

/** Third screen of founding: who can reach the house. */
export function DoorCard({ house, onNext }: { house: House; onNext: () => void }) {
  const network = useNetwork();
  const promises = [t('found.tick.tracking'), t('found.tick.invites'), t('found.tick.cap', { n: house.capacity })];
  return (
    <section class="stack" aria-labelledby="door">
      <Crumb at={3} of={4} />
      <div class="card pad stack loose">
        <div class="stack tight">
          <h1 class="t-24" id="door" tabIndex={-1}>{t('found.open.title')}</h1>
          <p class="dim">{network.value?.lan ? t('found.open.lead.lan') : t('found.open.lead')}</p>
        </div>
        <LetIn network={network} />
        <ul class="ticks">{promises.map((promise) => <li><span class="green"><Icon name="check" /></span>{promise}</li>)}</ul>
        <Button kind="fill" block onClick={onNext}>{tb('wizard.next')}</Button>
      </div>
    </section>
  );
}
