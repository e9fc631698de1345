import type { Card, Contract } from '@commonhold/core';
import type { Joined, JoinedWhole, Upgrade as Offer } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button } from '../../components/Button.tsx';
import { Failed, faultText } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu, MenuItem } from '../../components/Menu.tsx';
import { Note } from '../../components/Note.tsx';
import { Page } from '../../components/Page.tsx';
import { locale } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { Behind, ContractCard } from './Card.tsx';
import { reachOf } from './facts.ts';
import { Lately } from './Lately.tsx';
import { Leave } from './Leave.tsx';
import { Narrow } from './Narrow.tsx';
import { State } from './Mine.tsx';
import { Upgrade } from './Upgrade.tsx';
import { pauseFor, SPANS, type Span } from './pause.ts';
import { useNarrowing } from './useNarrowing.ts';
import { asContract, useCard } from './useCard.ts';
import { t } from './words.ts';

const whenText = (ms: number): string => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(ms);

interface Props { whole: JoinedWhole; onChange: (now: Joined) => void }

/** What one lets it do now, rule by rule; what is changed here holds from the very next read. */
function Limits({ whole, contract, words, onChange }: Props & { contract: Contract; words: Card }) {
  const { value, error, narrow } = useNarrowing(whole, onChange);
  return (
    <section class="card" aria-labelledby="limits" id="narrow">
      <div class="head"><h2 class="t-16" id="limits" tabIndex={-1}>{t('narrow')}</h2></div>
      <div class="body stack tight">
        <p class="t-14 dim">{t('narrow.text')}</p>
        <Narrow contract={contract} words={words} value={value} onChange={narrow} />
        {error ? <Note kind="bad" alert>{faultText(error)}</Note> : null}
      </div>
    </section>
  );
}

/** What is left here of a name that lives in another house. */
const Gone = ({ of, onLeave }: { of: Joined; onLeave: () => void }) => (
  <>
    <Note kind="plain">{t('gone.text')}</Note>
    <div class="pair"><a class="btn" href={client.services.exportUrl(of.persona, of.service)} download><Icon name="save" />{t('leave.copy')}</a><Button kind="danger" icon="leave" onClick={onLeave}>{t('gone.erase')}</Button></div>
  </>
);

/** As whom, since when, how it stands, and how to hold it or end it. */
function Standing({ whole, contract, onChange, onLeave }: Props & { contract: Contract; onLeave: () => void }) {
  const { persona, service, state, since, as, title, pausedUntil } = whole;
  const [app] = contract.service.origins ?? [];
  const act = useAct();
  const paused = state === 'paused';
  const pause = (span: Span | null) => act.run(async () => {
    onChange(await pauseFor(persona, service, span));
    toast(t('pause.done', { title }));
  });
  const resume = () => act.run(async () => {
    onChange(await client.services.resume(persona, service));
    toast(t('resume.done', { title }));
  });
  return (
    <section class="card sheet" aria-labelledby="standing">
      <div class="head"><h2 class="t-16" id="standing">{t('standing')}</h2></div>
      <div class="body stack tight">
        <div class="row">{as === 'pseudonym' ? <Face persona={persona} size={36} /> : <span class="svc s g"><Icon name="person" /></span>}<p class="t-14 grow">{t(`standing.${as}`, { when: new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(since) })}</p></div>
        <p class="row wrap"><State of={whole} /></p>
        {app && state !== 'leaving' && state !== 'moved' ? <Button kind="fill" href={app}>{t('standing.open', { title })}</Button> : null}
        {paused ? <Note kind="warn" icon="pause">{pausedUntil === null ? t('paused.text') : t('paused.until', { when: whenText(pausedUntil) })}</Note> : null}
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        {state === 'leaving' ? <Note kind="plain">{t('leaving.text')}</Note> : state === 'moved' ? <Gone of={whole} onLeave={onLeave} /> : <div class="pair">{paused ? <Button icon="play" busy={act.busy} onClick={resume}>{t('resume')}</Button> : <Menu start class="btn" label={t('pause')} button={<><Icon name="pause" />{t('pause')}</>}>{SPANS.map((span) => <MenuItem key={span} icon="clock" onPick={() => pause(span)}>{t(`pause.${span}`)}</MenuItem>)}<MenuItem icon="pause" onPick={() => pause(null)}>{t('pause.open')}</MenuItem></Menu>}<Button kind="danger" icon="leave" onClick={onLeave}>{t('leave.open')}</Button></div>}
      </div>
    </section>
  );
}

function Whole({ whole, offer, onChange }: Props & { offer: Offer | null }) {
  const contract = asContract(whole.contract);
  const words = useCard(contract)!;
  const { query } = useLocation();
  const [leaving, setLeaving] = useState('leave' in query);
  // Whoever comes from a line of the log wants to narrow: that is where the page begins then.
  useEffect(() => { if (location.hash === '#narrow') document.getElementById('limits')?.focus(); }, []);
  const later = offer?.to && offer.to.hash !== whole.hash ? { ...offer, to: offer.to } : null;
  return (
    <div class="split">
      <div class="stack">
        {later ? <Upgrade of={whole} offer={later} onDone={onChange} onLeave={() => setLeaving(true)} /> : null}
        <Standing whole={whole} contract={contract} onChange={onChange} onLeave={() => setLeaving(true)} />
        <Lately service={whole.service} />
        {words.ok ? <ContractCard contract={contract} words={words.value} /> : <Note kind="bad">{t('blocked')}</Note>}
      </div>
      <div class="stack beside">
        {words.ok && whole.state !== 'leaving' && whole.state !== 'moved' ? <Limits whole={whole} contract={contract} words={words.value} onChange={onChange} /> : null}
        <Behind contract={contract} hash={whole.hash} source={whole.address ? reachOf(whole.address) : undefined} joined />
      </div>
      {leaving ? <Leave of={whole} onClose={() => setLeaving(false)} /> : null}
    </div>
  );
}

/** A service that one joined: who reached what, its card, what it may still do, and the ways to hold or end it. */
export function One({ persona, service }: { persona: string; service: string }) {
  const load = useLoad((signal) => client.services.get(persona, service, { signal }));
  const [offer, setOffer] = useState<Offer | null>(null);
  const { value } = load;
  // Asked for apart: the service itself may be slow to answer, and the rest need not wait for it.
  useEffect(() => {
    if (value?.hash === undefined || value.state === 'leaving') return;
    let here = true;
    client.services.upgrade(persona, service).then((found) => { if (here) setOffer(found); }, () => undefined);
    return () => { here = false; };
  }, [value?.hash, value?.state]);
  const change = (now: Joined) => {
    if (!value) return;
    // Another version is another contract: read it anew.
    if (now.hash !== value.hash) { setOffer(null); load.again(); return; }
    if (now.offered === null) setOffer(null);
    load.set({ ...value, ...now });
  };
  return (
    <Page title={value?.title ?? t('title')} back="/services" wide>
      {load.error ? <div class="card sheet"><Failed title={t('failed')} error={load.error} again={load.again} /></div>
        : value ? <Whole whole={value} offer={offer} onChange={change} /> : <p class="card sheet body dim" role="status">{t('loading')}</p>}
    </Page>
  );
}
