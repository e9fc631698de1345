import { me } from '../../state/session.ts';
import { LetIn } from '../parts/LetIn.tsx';
import { outside } from '../parts/outside.ts';
import { useNetwork } from '../parts/useNetwork.ts';
import { QrCode } from '../parts/QrCode.tsx';
import { t } from '../parts/words.ts';
import { Backups } from './Backups.tsx';
import { CanAndCannot } from './CanAndCannot.tsx';
import { Front } from './Front.tsx';
import { HouseText } from './HouseText.tsx';

/** The house: what it can do to whom, and for the steward its name, rules and door. */
export function HouseSection() {
  const steward = me.value!.role === 'steward';
  return (
    <>
      <div class="stack">{steward ? <HouseText /> : <CanAndCannot />}{steward ? <Door steward /> : null}</div>
      <div class="stack">{steward ? <><Backups /><Front /><CanAndCannot /></> : <Door steward={false} />}</div>
    </>
  );
}

function Door({ steward }: { steward: boolean }) {
  const network = useNetwork();
  const url = network.value ? outside(network.value.urls)[0] : undefined;
  return (
    <section class="card" aria-labelledby="reach">
      <div class="head"><h2 class="t-20" id="reach">{t('reach')}</h2></div>
      <div class="body stack">
        {steward ? <LetIn network={network} /> : <p>{network.value ? t(`reach.${network.value.reach}`) : t('reach.wait')}</p>}
        {url ? <><QrCode text={url} label={t('reach.qr')} /><p class="hint center">{t('reach.qr.text')}</p></> : null}
      </div>
    </section>
  );
}
