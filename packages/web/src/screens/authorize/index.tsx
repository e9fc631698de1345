import type { Card, Contract, Result } from '@commonhold/core';
import { ApiError, type AppAsk, type AppRequest } from '@commonhold/sdk';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import '../parts/parts.css';
import { Button } from '../../components/Button.tsx';
import { Empty, Failed, faultText } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { Page } from '../../components/Page.tsx';
import { client } from '../../state/client.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { reachOf } from '../services/facts.ts';
import { asContract, useCard } from '../services/useCard.ts';
import { t } from '../services/words.ts';

const plain = (name: string): string => name.replace(/_/g, ' ');

/* Little is known of a service that was not joined: its app is called by where it lives. */
const titleOf = ({ title, origin }: AppRequest): string => title ?? reachOf(origin);

/** The request as the app wrote it into the address. */
const askIn = (query: Record<string, string>): AppAsk => ({
  clientId: query['client_id'] ?? '', redirectUri: query['redirect_uri'] ?? '', responseType: query['response_type'] ?? '', codeChallenge: query['code_challenge'] ?? '', codeChallengeMethod: query['code_challenge_method'] ?? '',
  ...(query['scope'] === undefined ? {} : { scope: query['scope'] }), ...(query['state'] === undefined ? {} : { state: query['state'] }),
});

/** What is kept in some collections, in the sentences of the card; their bare names where there are no words. */
function keptIn(contract: Contract | null, words: Result<Card> | null, collections: readonly string[]): readonly string[] {
  const names = contract ? Object.keys(contract.collections) : [];
  return collections.map((name) => (words?.ok ? words.value.keeps[names.indexOf(name)] : undefined) ?? plain(name));
}

/** What it asks for, as the card of the service says it. */
function Asked({ of, persona }: { of: AppRequest; persona: string }) {
  const { bundles, collections, service } = of;
  const whole = useLoad((signal) => client.services.get(persona, service, { signal }));
  const contract = whole.value ? asContract(whole.value.contract) : null;
  const words = useCard(contract);
  const asked = bundles.filter((one) => one.asked);
  const list = (of: readonly string[]) => <ul class="ticks">{keptIn(contract, words, of).map((one) => <li key={one}><span class="green"><Icon name="check" size="s" /></span><span dir="auto">{one}</span></li>)}</ul>;
  return (
    <section class="stack tight" aria-labelledby="asks">
      <h3 class="t-16" id="asks">{t('authorize.asks')}</h3>
      <p>{asked.length > 0 ? t('authorize.reach') : t('authorize.all', { title: titleOf(of) })}</p>
      {asked.length > 0 ? asked.map((one) => <div key={one.name} class="stack tight"><p class="label" dir="auto">{plain(one.name)}</p>{list(one.collections)}</div>) : list(collections)}
    </section>
  );
}

function Consent({ of, joined, ask }: { of: AppRequest; joined: NonNullable<AppRequest['joined']>; ask: AppAsk }) {
  const act = useAct();
  const [going, setGoing] = useState(false);
  const decide = (allow: boolean) => act.run(async () => {
    const { redirect } = await client.me.answerApp(ask, allow);
    setGoing(true);
    location.assign(redirect);
  });
  const { origin } = of;
  const title = titleOf(of);
  return (
    <div class="card sheet">
      <div class="body stack">
        <div class="row"><span class="svc g"><Icon name="plug" /></span><div class="grow"><h2 class="t-24" dir="auto">{t('authorize.title', { title })}</h2><p class="t-14 dim">{t('authorize.from', { origin: reachOf(origin) })}</p></div></div>
        <div class="row"><Face persona={joined.persona} size={36} /><p class="grow">{t(`authorize.as.${joined.as}`)}</p></div>
        <Asked of={of} persona={joined.persona} />
        {of.known ? <Note>{t('authorize.known')}</Note> : null}
        <p class="hint">{t('authorize.until')}</p>
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        {going ? <p role="status">{t('authorize.going')}</p> : <div class="pair"><Button busy={act.busy} onClick={() => decide(true)}>{t('authorize.allow')}</Button><Button busy={act.busy} onClick={() => decide(false)}>{t('authorize.deny')}</Button></div>}
      </div>
    </div>
  );
}

/** An app of a service asks to come in: who it is, as whom it would, to what; nobody is sent anywhere before the house has checked where to. */
export default function Authorize() {
  const { query } = useLocation();
  const ask = askIn(query);
  const load = useLoad(() => client.me.appRequest(ask));
  const { value, error } = load;
  return (
    <Page title={t('authorize')} back="/">
      {error ? <div class="card sheet">{error instanceof ApiError && error.status === 400 ? <Empty title={t('authorize.bad')} art="cut"><p>{t('authorize.bad.text')}</p><p class="t-14 dim">{faultText(error)}</p></Empty> : <Failed title={t('authorize.bad')} error={error} again={load.again} />}</div>
        : !value ? <p class="card sheet body dim" role="status">{t('loading')}</p>
          : value.joined ? <Consent of={value} joined={value.joined} ask={ask} />
            : <div class="card sheet"><Empty title={t('authorize.join', { title: titleOf(value) })} action={<Button kind="fill" href={`/services/look?address=${encodeURIComponent(value.origin)}`}>{t('authorize.look')}</Button>}><p>{t('authorize.join.text')}</p></Empty></div>}
    </Page>
  );
}
