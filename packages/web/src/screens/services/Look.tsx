import type { Card, Contract } from '@commonhold/core';
import type { ContractPreview, Narrowing } from '@commonhold/sdk';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button } from '../../components/Button.tsx';
import { Failed, faultText } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { Page } from '../../components/Page.tsx';
import { refusalText } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { me } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { Face } from '../../components/face/Face.tsx';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { Behind, ContractCard } from './Card.tsx';
import { reachOf } from './facts.ts';
import { cautious } from './narrow.ts';
import { Narrow } from './Narrow.tsx';
import { pasted } from './pasted.ts';
import { Recommend } from './Recommend.tsx';
import { Sample } from './Sample.tsx';
import { asContract, useCard } from './useCard.ts';
import { t, tx } from './words.ts';

async function lookAt({ address, hash }: Record<string, string>): Promise<ContractPreview | null> {
  if (hash !== undefined) return client.services.preview({ hash });
  if (address !== undefined) return client.services.preview({ address });
  return pasted.value ? client.services.preview({ contract: pasted.value }) : null;
}

/** Where a contract was found. */
const sourceOf = ({ source, address }: ContractPreview): string => (source === 'address' ? reachOf(address ?? '') : t(`behind.${source}`));

/** As whom one joins: somebody new whom nobody can link, unless one says otherwise. */
function As({ title, as, onAs }: { title: string; as: 'pseudonym' | 'self'; onAs: (as: 'pseudonym' | 'self') => void }) {
  const [choosing, setChoosing] = useState(false);
  const self = me.value!;
  return (
    <div class="stack tight">
      <div class="row">
        {as === 'self' ? <Face persona={self.persona} size={36} /> : <span class="svc s p"><Icon name="person" /></span>}
        <p class="t-14 grow">{as === 'self' ? tx('join.as.self', { name: <b dir="auto">{self.name}</b>, title }) : tx('join.as.pseudonym', { new: <b>{t('join.as.new')}</b>, title })}</p>
        <Button kind="plain" small expanded={choosing} onClick={() => setChoosing(!choosing)}>{t('join.change')}</Button>
      </div>
      {choosing ? (
        <fieldset class="audiences"><legend class="vh">{t('join.as')}</legend>
          {(['pseudonym', 'self'] as const).map((one) => <label key={one}><input type="radio" name="as" checked={as === one} onChange={() => onAs(one)} /><span class="grow"><b>{t(`join.${one}`)}</b><small class="hint block">{t(`join.${one}.text`)}</small></span></label>)}
        </fieldset>
      ) : null}
    </div>
  );
}

function Join({ looked, contract, words }: { looked: ContractPreview; contract: Contract; words: Card }) {
  const { route } = useLocation();
  const act = useAct();
  const [as, setAs] = useState<'pseudonym' | 'self'>('pseudonym');
  const [narrowing, setNarrowing] = useState<Narrowing | null>(null);
  const { title } = contract.service;
  const join = () => act.run(async () => {
    const { persona, service } = await client.services.join({ hash: looked.hash, as, ...(narrowing && { narrowing }), ...(looked.draft && { draft: true as const }) });
    toast(t('join.done', { title }));
    route(`/services/${persona}/${service}`, true);
  });
  return (
    <>
      {looked.draft ? <Note kind="warn">{t('join.draft')}</Note> : null}
      <As title={title} as={as} onAs={setAs} />
      {narrowing ? <section class="stack tight" aria-labelledby="narrower"><h3 class="t-16" id="narrower">{t('join.narrower.what')}</h3><Narrow contract={contract} words={words} value={narrowing} onChange={setNarrowing} /></section> : null}
      {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      <div class="trio">
        <Button busy={act.busy} onClick={join}>{t(narrowing ? 'join.narrowed' : 'join')}</Button>
        <Button pressed={narrowing !== null} onClick={() => setNarrowing(narrowing ? null : cautious(contract))}>{t('join.narrower')}</Button>
        <Button href="/services">{t('join.not')}</Button>
      </div>
    </>
  );
}

/** Why it cannot be joined, each reason with its place. */
function Blocked({ said }: { said: readonly { code: string; say: string; field?: string }[] }) {
  return (
    <Note kind="bad" alert>
      <p class="b">{t('blocked')}</p>
      <ul class="plain">{said.map(({ code, say, field }) => <li key={`${code}${field ?? ''}`}>{refusalText({ code, detail: say })}{field ? <> <span class="addr">{field}</span></> : null}</li>)}</ul>
    </Note>
  );
}

function Sheet({ looked }: { looked: ContractPreview }) {
  const contract = asContract(looked.contract);
  const words = useCard(contract)!;
  const blocks = looked.draft ? looked.blocks.filter(({ code }) => code !== 'unsigned') : looked.blocks;
  if (!words.ok) return <div class="card sheet body"><Blocked said={[{ code: 'no_words', say: words.message, ...(words.at === undefined ? {} : { field: words.at }) }]} /></div>;
  const isSteward = me.value?.role === 'steward';
  const note = looked.joined ? <Note>{t('look.joined', { version: looked.joined.version })} <a href={`/services/${looked.joined.persona}/${contract.service.id}`}>{t('look.joined.go')}</a></Note> : looked.form === 'byoda' ? <Note kind="plain" icon="page">{t('look.byoda')}</Note> : null;
  return (
    <div class="split">
      <ContractCard contract={contract} words={words.value} note={note} unhonoured={looked.unhonoured}>
        {blocks.length > 0 ? <><Blocked said={blocks} /><Button href="/services">{t('join.not')}</Button></> : looked.joined ? null : <Join looked={looked} contract={contract} words={words.value} />}
      </ContractCard>
      <div class="stack beside">
        <Sample contract={contract} />
        <Behind contract={contract} hash={looked.hash} source={sourceOf(looked)} joined={looked.joined !== null} />
        {isSteward && looked.blocks.length === 0 ? <Recommend of={{ service: contract.service.id, hash: looked.hash, title: contract.service.title }} /> : null}
      </div>
    </div>
  );
}

/** A contract before joining: its card, and joining under it. */
export function Look() {
  const { query } = useLocation();
  const load = useLoad(() => lookAt(query).then((looked) => ({ looked })), query['hash'] ?? query['address'] ?? '');
  const looked = load.value?.looked;
  return (
    <Page title={t('title')} back="/services" wide>
      {load.error ? <div class="card sheet"><Failed title={t('look.failed')} error={load.error} again={load.again} />{load.error.field ? <p class="center t-14 dim"><span class="addr">{load.error.field}</span></p> : null}</div>
        : looked ? <Sheet looked={looked} />
          : load.value ? <div class="card sheet"><div class="empty"><h2 class="t-20">{t('look.none')}</h2><Button href="/services">{t('look.back')}</Button></div></div>
            : <p class="card sheet body dim" role="status">{t('look.loading')}</p>}
    </Page>
  );
}
