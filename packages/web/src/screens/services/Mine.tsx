import type { Joined } from '@commonhold/sdk';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button } from '../../components/Button.tsx';
import { Empty, Failed } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Page } from '../../components/Page.tsx';
import { client } from '../../state/client.ts';
import { useLoad } from '../parts/useLoad.ts';
import { askedFor } from './facts.ts';
import { pasted } from './pasted.ts';
import { Shelf } from './Shelf.tsx';
import { t } from './words.ts';

const linkOf = ({ persona, service }: Joined): string => `/services/${persona}/${service}`;

/** How a joined service stands, where there is something to say. */
export function State({ of: { state, draft, offered } }: { of: Joined }) {
  return (
    <>
      {state === 'active' ? null : <span class="tag warn"><Icon name={state === 'paused' ? 'pause' : 'leave'} />{t(`state.${state}`)}</span>}
      {draft ? <span class="tag bad"><Icon name="flag" />{t('state.draft')}</span> : null}
      {offered ? <span class="tag house"><Icon name="up" />{t('state.offered', { version: offered.version })}</span> : null}
    </>
  );
}

function Row({ of }: { of: Joined }) {
  return (
    <li>
      {of.as === 'pseudonym' ? <Face persona={of.persona} /> : <span class="svc g"><Icon name="plug" /></span>}
      <div class="grow">
        <p><a class="quiet-link b" href={linkOf(of)} dir="auto">{of.title}</a></p>
        <p class="t-14 dim">{t(`as.${of.as}`)} · {t('version', { version: of.version })}</p>
        <p class="row wrap"><State of={of} /></p>
      </div>
      <a class="icon-btn" href={linkOf(of)} aria-label={of.title} tabIndex={-1}><Icon name="next" /></a>
    </li>
  );
}

function Ask() {
  const { route } = useLocation();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const look = (event: Event) => {
    event.preventDefault();
    const asked = askedFor(text);
    setWrong(asked === null);
    if (asked === null) return;
    if ('address' in asked) { route(`/services/look?address=${encodeURIComponent(asked.address)}`); return; }
    pasted.value = asked.contract;
    route('/services/look');
  };
  return (
    <section class="card" aria-labelledby="ask">
      <div class="head"><h2 class="t-16" id="ask">{t('ask')}</h2></div>
      <form class="body stack tight" onSubmit={look}>
        <Field label={t('ask.field')} value={text} onInput={(value) => { setText(value); setWrong(false); }} hint={t('ask.hint')} error={wrong ? t('ask.wrong') : undefined} rows={text.trim().startsWith('{') ? 6 : 1} spellcheck={false} autoCapitalize="none" dir="ltr" />
        <div class="row wrap"><Button kind="soft" type="submit" icon="eye">{t('ask.look')}</Button></div>
      </form>
    </section>
  );
}

/** Who one is to a service goes from house to house. */
function Between() {
  return (
    <section class="card" aria-labelledby="between">
      <div class="head"><h2 class="t-16" id="between">{t('between')}</h2></div>
      <div class="body stack tight t-14">
        <p>{t('between.text')}</p>
        <p><a href="/services/bring">{t('between.bring')}</a></p>
        <p><a href="/moved/name">{t('between.hand')}</a></p>
      </div>
    </section>
  );
}

/** The services that one has joined, those that the stewards recommend, and a way to any other. */
export function Mine() {
  const load = useLoad((signal) => client.services.mine({ signal }));
  const { value } = load;
  return (
    <Page title={t('title')} back="/" wide>
      <div class="split">
        <div class="stack">
          {load.error ? <div class="card sheet"><Failed title={t('failed')} error={load.error} again={load.again} /></div> : (
            <section class="card sheet" aria-labelledby="mine" aria-busy={value ? undefined : 'true'}>
              <div class="head"><h2 class="t-16" id="mine">{t('mine')}</h2></div>
              {value?.services.length ? <ul class="list">{value.services.map((one) => <Row key={one.persona} of={one} />)}</ul>
                : value ? <Empty title={t('mine.none')}><p>{t('mine.none.text')}</p></Empty> : <p class="body dim" role="status">{t('loading')}</p>}
            </section>
          )}
          <Shelf />
        </div>
        <div class="stack beside">
          <Ask />
          <Between />
          <section class="card" aria-labelledby="means"><div class="head"><h2 class="t-16" id="means">{t('means')}</h2></div><div class="body"><ul class="ticks t-14">{(['means.one', 'means.two', 'means.three'] as const).map((key) => <li key={key}><span class="green"><Icon name="check" /></span><span>{t(key)}</span></li>)}</ul></div></section>
        </div>
      </div>
    </Page>
  );
}
