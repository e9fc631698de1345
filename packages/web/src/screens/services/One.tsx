import type { JoinedWhole } from '@commonhold/sdk';
import { Failed } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { Page } from '../../components/Page.tsx';
import { locale } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { useLoad } from '../parts/useLoad.ts';
import { Behind, ContractCard } from './Card.tsx';
import { reachOf } from './facts.ts';
import { Lately } from './Lately.tsx';
import { State } from './Mine.tsx';
import { asContract, useCard } from './useCard.ts';
import { t } from './words.ts';

/** As whom, since when, and how it stands. */
function Standing({ whole }: { whole: JoinedWhole }) {
  const { persona, since, as } = whole;
  return (
    <section class="card" aria-labelledby="standing">
      <div class="head"><h2 class="t-16" id="standing">{t('standing')}</h2></div>
      <div class="body stack tight">
        <div class="row">{as === 'pseudonym' ? <Face persona={persona} size={36} /> : <span class="svc s g"><Icon name="person" /></span>}<p class="t-14 grow">{t(`standing.${as}`, { when: new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(since) })}</p></div>
        <p class="row wrap"><State of={whole} /></p>
      </div>
    </section>
  );
}

function Whole({ whole }: { whole: JoinedWhole }) {
  const contract = asContract(whole.contract);
  const words = useCard(contract)!;
  return (
    <div class="split">
      <div class="stack">
        <Lately service={whole.service} />
        {words.ok ? <ContractCard contract={contract} words={words.value} /> : <Note kind="bad">{t('blocked')}</Note>}
      </div>
      <div class="stack beside">
        <Standing whole={whole} />
        <Behind contract={contract} hash={whole.hash} source={whole.address ? reachOf(whole.address) : undefined} />
      </div>
    </div>
  );
}

/** A service that one joined: who reached what, its card, and who stands behind it. */
export function One({ persona, service }: { persona: string; service: string }) {
  const load = useLoad((signal) => client.services.get(persona, service, { signal }));
  const { value } = load;
  return (
    <Page title={value?.title ?? t('title')} back="/services" wide>
      {load.error ? <div class="card sheet"><Failed title={t('failed')} error={load.error} again={load.again} /></div>
        : value ? <Whole whole={value} /> : <p class="card sheet body dim" role="status">{t('loading')}</p>}
    </Page>
  );
}
